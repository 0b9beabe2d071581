package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/** One connection to Redis with nothing around it (RESP 2). */
final class RawRedis implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** Connects and logs in; the address is {@code redis://:password@host:port}. */
  RawRedis(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
    command("AUTH", address.getUserInfo().substring(address.getUserInfo().indexOf(':') + 1));
  }

  /** Runs a command whose answer is a line or one value; gives the value's length, or 0. */
  int command(String... words) throws IOException {
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.getBytes(UTF_8).length).append("\r\n");
      request.append(word).append("\r\n");
    }
    out.write(request.toString().getBytes(UTF_8));
    String line = line();
    if (line.startsWith("-")) {
      throw new IOException("Redis refuses " + words[0] + ": " + line);
    }
    if (!line.startsWith("$")) {
      return 0;
    }
    int length = Integer.parseInt(line.substring(1));
    if (length < 0) {
      throw new IOException("Redis has no " + words[words.length - 1]);
    }
    in.skipNBytes(length + 2L);
    return length;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("Redis has closed the connection");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
