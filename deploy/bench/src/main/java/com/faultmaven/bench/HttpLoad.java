package com.faultmaven.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many connections driven by the one thread that calls: a client that leaves the processors to the
 * service it measures. Connections stay open from run to run; each has one request under way at
 * most.
 */
final class HttpLoad implements AutoCloseable {
  /** Nothing that is measured takes this long. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  /** How closely the thread looks when the next request is due within a millisecond. */
  private static final long GLANCE = 100_000;

  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();

  private HttpLoad(Selector selector) {
    this.selector = selector;
  }

  /** Connects, once for each caller. */
  static HttpLoad open(URI base, List<HttpCaller> callers) throws IOException {
    HttpLoad load = new HttpLoad(Selector.open());
    boolean complete = false;
    try {
      for (HttpCaller caller : callers) {
        load.connect(base, caller);
      }
      complete = true;
      return load;
    } finally {
      if (!complete) {
        load.close();
      }
    }
  }

  private void connect(URI base, HttpCaller caller) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel, caller);
    channel.register(selector, SelectionKey.OP_READ, connection);
    connections.add(connection);
  }

  /**
   * Keeps all connections busy: each sends its next request as soon as it has its answer.
   *
   * @param life requests that were sent by then are still waited for
   */
  Figures saturate(Duration life) throws IOException {
    return saturate(life, new Latencies());
  }

  /** The same as a further part of a run: sums up what the run has so far. */
  Figures saturate(Duration life, Latencies latencies) throws IOException {
    long start = System.nanoTime();
    long end = start + life.toNanos();
    for (Connection connection : connections) {
      connection.sendIfMore(System.nanoTime());
    }
    while (busy()) {
      for (Connection connection : answered(STALLED.toMillis(), latencies)) {
        long now = System.nanoTime();
        if (now - end < 0) {
          connection.sendIfMore(now);
        }
      }
    }
    latencies.took(System.nanoTime() - start);
    return latencies.figures();
  }

  /**
   * Sends so many requests a second, whether or not the answers keep up; latencies count from when
   * a request was due.
   */
  Figures atRate(double perSecond, Duration life) throws IOException {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    Arrivals arrivals =
        new Arrivals(start, perSecond, Math.round(perSecond * life.toNanos() / 1e9));
    while (!arrivals.exhausted() || busy()) {
      for (Connection connection : connections) {
        if (!arrivals.isDue(System.nanoTime())) {
          break;
        }
        if (!connection.busy()) {
          connection.send(arrivals.take());
        }
      }
      answered(patience(arrivals), latencies);
    }
    latencies.took(System.nanoTime() - start);
    return latencies.figures();
  }

  /** How many milliseconds to wait for an answer; sleeps a moment when it is less than one. */
  private long patience(Arrivals arrivals) {
    if (arrivals.exhausted() || connections.stream().allMatch(Connection::busy)) {
      return STALLED.toMillis();
    }
    long nanos = arrivals.next() - System.nanoTime();
    if (nanos >= 2_000_000) {
      return nanos / 1_000_000 - 1;
    }
    if (nanos > 0) {
      LockSupport.parkNanos(Math.min(nanos, GLANCE));
    }
    return 0;
  }

  private boolean busy() {
    return connections.stream().anyMatch(Connection::busy);
  }

  /** The connections whose answer has come within so many milliseconds. */
  private List<Connection> answered(long patience, Latencies latencies) throws IOException {
    int ready = patience == 0 ? selector.selectNow() : selector.select(patience);
    if (ready == 0 && patience == STALLED.toMillis()) {
      throw new IOException("no answer for " + STALLED.toSeconds() + " s");
    }
    List<Connection> answered = new ArrayList<>(ready);
    for (SelectionKey key : selector.selectedKeys()) {
      Connection connection = (Connection) key.attachment();
      if (connection.receive(latencies)) {
        answered.add(connection);
      }
    }
    selector.selectedKeys().clear();
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final HttpCaller caller;
    private ByteBuffer received = ByteBuffer.allocate(16 * 1024);
    private long since;
    private boolean busy;

    Connection(SocketChannel channel, HttpCaller caller) {
      this.channel = channel;
      this.caller = caller;
    }

    boolean busy() {
      return busy;
    }

    void sendIfMore(long now) throws IOException {
      if (caller.hasNext()) {
        send(now);
      }
    }

    /** Sends the next request; it is small, so that the socket's buffer takes it whole. */
    void send(long countedFrom) throws IOException {
      ByteBuffer request = ByteBuffer.wrap(caller.next());
      while (request.hasRemaining()) {
        channel.write(request);
      }
      since = countedFrom;
      busy = true;
    }

    /** Takes what has come; true when that completes the answer. */
    boolean receive(Latencies latencies) throws IOException {
      if (!received.hasRemaining()) {
        received = ByteBuffer.allocate(received.capacity() * 2).put(received.flip());
      }
      if (channel.read(received) < 0) {
        throw new IOException("the service has closed a connection");
      }
      @Nullable HttpAnswer answer = HttpAnswer.read(received.array(), received.position());
      if (answer == null) {
        return false;
      }
      latencies.add(System.nanoTime() - since);
      received.clear();
      busy = false;
      caller.answered(answer);
      return true;
    }
  }
}
