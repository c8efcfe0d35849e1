// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.CatalogProperties;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/**
 * Iceberg's own REST catalog server, over a JDBC catalog in a file, on the loopback address. It can
 * be stopped and started again on its port, and be made to answer a status or nothing.
 */
public final class RestCatalogServer implements AutoCloseable {
  private final JdbcCatalog backend = new JdbcCatalog();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String expectedToken;
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private volatile CountDownLatch trickle = new CountDownLatch(0);
  private Server server;
  private int port;

  private final Path folder;

  private RestCatalogServer(Path folder) throws Exception {
    this.folder = folder;
    backend.setConf(new Configuration());
    backend.initialize(
        "backend",
        Map.of(
            "uri",
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            "jdbc.schema-version",
            "V1",
            "warehouse",
            folder.resolve("warehouse").toString()));
    start();
  }

  /** A running server that keeps everything under a folder. */
  public static RestCatalogServer start(Path folder) throws Exception {
    return new RestCatalogServer(folder);
  }

  /** The catalog behind it, for another client's writes. */
  public JdbcCatalog backend() {
    return backend;
  }

  public String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** Method and path of each request, so far. */
  public List<String> requests() {
    return requests;
  }

  /** A catalog of the bridge that talks to it, and may read what lies in its folder. */
  public IcebergRestCatalog catalog(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.putIfAbsent("uri", uri());
    values.putIfAbsent("allowed-locations", folder.toString());
    return (IcebergRestCatalog)
        new IcebergRestCatalogFactory()
            .create("lake", new CatalogProperties("kitsune.catalog.lake.", values));
  }

  /** Every answer from now on has this status; 200 for the true answer. */
  public void answerStatus(int newStatus) {
    status = newStatus;
  }

  /** Requests without this bearer token are refused. */
  public void expectToken(String token) {
    expectedToken = token;
  }

  /** No request is answered until the latch is opened, or ten seconds have passed. */
  public void answerAfter(CountDownLatch latch) {
    silence = latch;
  }

  /**
   * From now on it answers with a blank every 20 ms, until the latch is opened or for ten seconds.
   */
  public void trickleUntil(CountDownLatch latch) {
    trickle = latch;
  }

  /** Starts it again on the port it had. */
  public void start() throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(
        new FilterHolder(new Interference()),
        "/*",
        EnumSet.of(jakarta.servlet.DispatcherType.REQUEST));
    context.addServlet(
        new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(backend))), "/*");
    server = new Server(new InetSocketAddress("127.0.0.1", port));
    server.setHandler(context);
    server.start();
    port = server.getURI().getPort();
  }

  /** Stops answering: connections break. */
  public void stop() throws Exception {
    server.setStopTimeout(0);
    server.stop();
  }

  @Override
  public void close() throws Exception {
    silence.countDown();
    trickle.countDown();
    stop();
    backend.close();
  }

  private void trickle(ServletResponse response) throws IOException {
    try {
      for (int i = 0; i < 500 && !trickle.await(20, TimeUnit.MILLISECONDS); i++) {
        response.getOutputStream().write(' ');
        response.flushBuffer();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Interference implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      HttpServletRequest http = (HttpServletRequest) request;
      requests.add(http.getMethod() + " " + http.getRequestURI());
      try {
        silence.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      trickle(response);
      boolean refused =
          expectedToken != null
              && !("Bearer " + expectedToken).equals(http.getHeader("Authorization"));
      int answered = refused ? 401 : status;
      if (answered == 200) {
        chain.doFilter(request, response);
      } else {
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setStatus(answered);
        answer.setContentType("application/json");
        answer
            .getWriter()
            .write(
                "{\"error\":{\"message\":\"made so by the test\",\"type\":\"Test\",\"code\":%d}}"
                    .formatted(answered));
      }
    }
  }
}
