// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBoolColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TByteColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TDoubleColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI16Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI32Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI64Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStringColumn;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocol;

/**
 * The generated column types, with values that are encoded already: written as they are to the
 * binary protocol, and decoded only for whoever asks for them. One class for each type, for Thrift
 * generated them without a common ancestor.
 */
final class RawColumns {
  private RawColumns() {}

  static TColumn boolVal(RawValues values) {
    return TColumn.boolVal(new RawBool(values));
  }

  static TColumn byteVal(RawValues values) {
    return TColumn.byteVal(new RawByte(values));
  }

  static TColumn i16Val(RawValues values) {
    return TColumn.i16Val(new RawI16(values));
  }

  static TColumn i32Val(RawValues values) {
    return TColumn.i32Val(new RawI32(values));
  }

  static TColumn i64Val(RawValues values) {
    return TColumn.i64Val(new RawI64(values));
  }

  static TColumn doubleVal(RawValues values) {
    return TColumn.doubleVal(new RawDouble(values));
  }

  static TColumn stringVal(RawValues values) {
    return TColumn.stringVal(new RawString(values));
  }

  static TColumn binaryVal(RawValues values) {
    return TColumn.binaryVal(new RawBinary(values));
  }

  @SuppressWarnings("serial")
  private static final class RawBool extends TBoolColumn {
    private final transient RawValues raw;

    RawBool(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Boolean> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Boolean> getValues() {
      return raw.decode(TProtocol::readBool);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawByte extends TByteColumn {
    private final transient RawValues raw;

    RawByte(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Byte> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Byte> getValues() {
      return raw.decode(TProtocol::readByte);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawI16 extends TI16Column {
    private final transient RawValues raw;

    RawI16(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Short> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Short> getValues() {
      return raw.decode(TProtocol::readI16);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawI32 extends TI32Column {
    private final transient RawValues raw;

    RawI32(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Integer> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Integer> getValues() {
      return raw.decode(TProtocol::readI32);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawI64 extends TI64Column {
    private final transient RawValues raw;

    RawI64(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Long> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Long> getValues() {
      return raw.decode(TProtocol::readI64);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawDouble extends TDoubleColumn {
    private final transient RawValues raw;

    RawDouble(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<Double> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<Double> getValues() {
      return raw.decode(TProtocol::readDouble);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawString extends TStringColumn {
    private final transient RawValues raw;

    RawString(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<String> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<String> getValues() {
      return raw.decode(TProtocol::readString);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }

  @SuppressWarnings("serial")
  private static final class RawBinary extends TBinaryColumn {
    private final transient RawValues raw;

    RawBinary(RawValues raw) {
      this.raw = raw;
      setNulls(raw.nulls());
    }

    @Override
    public void write(TProtocol protocol) throws TException {
      if (RawValues.fit(protocol)) {
        raw.write(protocol);
      } else {
        setValues(getValues());
        super.write(protocol);
      }
    }

    @Override
    public int getValuesSize() {
      return raw.rows();
    }

    @Override
    public Iterator<ByteBuffer> getValuesIterator() {
      return getValues().iterator();
    }

    @Override
    public List<ByteBuffer> getValues() {
      return raw.decode(TProtocol::readBinary);
    }

    @Override
    public boolean isSetValues() {
      return true;
    }
  }
}
