// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.engine.ProgressListener;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Turns transfers of several threads into a line a second: "downloading X: 120 of 310 MB". */
final class DownloadProgress extends AbstractTransferListener {
  private static final long MEGABYTE = 1_000_000;
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final String name;
  private final long totalBytes;
  private final ProgressListener listener;
  private final BooleanSupplier abandoned;
  private final Map<String, Long> transferred = new HashMap<>();
  private long presentBytes;
  private long lastLine = System.nanoTime() - INTERVAL_NANOS;

  /**
   * Of one fetch.
   *
   * @param abandoned true once nobody wants it any more, which ends every transfer
   */
  DownloadProgress(
      String name, long totalBytes, ProgressListener listener, BooleanSupplier abandoned) {
    this.name = name;
    this.totalBytes = totalBytes;
    this.listener = listener;
    this.abandoned = abandoned;
  }

  /** Says how much needs no transfer. */
  synchronized void present(long bytes) {
    presentBytes = bytes;
  }

  @Override
  public void transferInitiated(TransferEvent event) throws TransferCancelledException {
    endIfAbandoned();
  }

  @Override
  public synchronized void transferProgressed(TransferEvent event)
      throws TransferCancelledException {
    endIfAbandoned();
    record(event);
  }

  @Override
  public synchronized void transferSucceeded(TransferEvent event) {
    record(event);
  }

  @Override
  public synchronized void transferFailed(TransferEvent event) {
    transferred.remove(event.getResource().getResourceName());
  }

  private void endIfAbandoned() throws TransferCancelledException {
    if (abandoned.getAsBoolean()) {
      throw new TransferCancelledException("the gateway is stopping");
    }
  }

  private void record(TransferEvent event) {
    transferred.put(event.getResource().getResourceName(), event.getTransferredBytes());
    long now = System.nanoTime();
    if (now - lastLine >= INTERVAL_NANOS) {
      lastLine = now;
      long bytes = presentBytes + transferred.values().stream().mapToLong(Long::longValue).sum();
      // Checksum files are transferred too: never show more than everything.
      listener.progress(
          "downloading %s: %d of %d MB"
              .formatted(name, Math.min(bytes, totalBytes) / MEGABYTE, totalBytes / MEGABYTE));
    }
  }
}
