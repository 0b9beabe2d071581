package com.faultmaven.user;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real mail server (SMTP) that keeps what it gets, and can be stopped and started again. */
public final class MailServer {
  private static final String PORT = "faultmaven.test.smtp.port";

  private @Nullable GreenMail server;

  /** Its port, the same for all tests of this JVM; nothing need listen there yet. */
  public static int port() {
    // A system property, not a field: Quarkus loads test classes with several class loaders.
    synchronized (System.getProperties()) {
      if (System.getProperty(PORT) == null) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
          System.setProperty(PORT, Integer.toString(socket.getLocalPort()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Integer.getInteger(PORT);
    }
  }

  /** Starts it, empty. */
  public void start() {
    server = new GreenMail(new ServerSetup(port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  /** Stops it: connections are refused. */
  public void stop() {
    if (server != null) {
      server.stop();
      server = null;
    }
  }

  /** All mails to an address, oldest first. */
  public List<String> of(String email) {
    GreenMail running = server;
    return running == null
        ? List.of()
        : Arrays.stream(running.getReceivedMessages())
            .map(GreenMailUtil::getWholeMessage)
            .filter(mail -> mail.contains("To: " + email))
            .map(mail -> mail.replace("\r\n", "\n").replace("=\n", "").replace("=3D", "="))
            .toList();
  }

  /** Waits for a mail to an address. */
  public String await(String email, String subject) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> of(email).stream().filter(mail -> mail.contains(subject)).toList(),
            mails -> !mails.isEmpty())
        .getLast();
  }
}
