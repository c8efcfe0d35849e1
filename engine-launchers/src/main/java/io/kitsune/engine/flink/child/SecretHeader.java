// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelOutboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPromise;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;

/** Puts the secret on the requests of the SQL Gateway to the cluster. */
final class SecretHeader extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpRequest) {
      ((HttpRequest) message).headers().set(SharedSecret.HEADER, SharedSecret.secret());
    }
    var unused = context.write(message, promise);
  }
}
