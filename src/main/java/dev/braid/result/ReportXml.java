package dev.braid.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.Objects;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks the XML that other tools write and that may be hostile: no DTD is read, no entity is
 * resolved, nothing is fetched, and size and depth are bounded.
 */
final class ReportXml {
  static final int MAX_BYTES = 64 << 20;

  /** Below the JDK's own limit, which a property can move. */
  static final int MAX_DEPTH = 64;

  /** No test took longer; a sum of times stays finite. */
  private static final double MAX_SECONDS = 1e9;

  private static final int BYTE_ORDER_MARK = 0xfeff;

  /** Hears of each element, in document order. The root has depth 1. */
  interface Visitor {
    void open(Element element, int depth);

    default void close(String name, int depth) {}
  }

  /** The element that was just opened. */
  record Element(XMLStreamReader reader) {
    String name() {
      return reader.getLocalName();
    }

    @Nullable String attribute(String name) {
      return reader.getAttributeValue(null, name);
    }

    String text(String attribute) {
      return Objects.requireNonNullElse(attribute(attribute), "");
    }

    /** A count; null when there is none that can be believed. */
    @Nullable Long count(String attribute) {
      String text = text(attribute).strip();
      if (text.isEmpty()
          || text.length() > 10
          || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return null;
      }
      long value = Long.parseLong(text);
      return value <= Fields.MAX_COUNT ? value : null;
    }

    /** Seconds; 0 when nothing sensible is written there. */
    double seconds(String attribute) {
      // Surefire groups thousands in some locales.
      String text = text(attribute).strip().replace(",", "");
      try {
        double value = Double.parseDouble(text);
        return value > 0 && value <= MAX_SECONDS ? value : 0;
      } catch (NumberFormatException _) {
        return 0;
      }
    }
  }

  private ReportXml() {}

  /** Walks to the end and returns why that was not possible, in one line; empty when it was. */
  static Optional<String> walk(InputStream in, Visitor visitor) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(characters(in));
      int depth = 0;
      while (reader.hasNext()) {
        int event = next(reader);
        if (event == XMLStreamConstants.START_ELEMENT) {
          if (++depth > MAX_DEPTH) {
            return Optional.of("nested over " + MAX_DEPTH + " deep");
          }
          visitor.open(new Element(reader), depth);
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          visitor.close(reader.getLocalName(), depth--);
        }
      }
      return Optional.empty();
    } catch (XMLStreamException | IOException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), "no reason given");
      return Optional.of(OneLine.of("not well-formed XML: " + message));
    }
  }

  private static int next(XMLStreamReader reader) throws XMLStreamException {
    try {
      return reader.next();
    } catch (RuntimeException e) {
      // The JDK's parser lacks the text of some of its own messages and throws instead.
      throw new XMLStreamException(e.toString(), e);
    }
  }

  /**
   * The text, taken as UTF-8, which all these tools write. Bytes that are not become replacement
   * characters: tests print anything, and the parser would tell standard error about them.
   */
  private static Reader characters(InputStream in) throws IOException {
    var reader =
        new PushbackReader(new BufferedReader(new InputStreamReader(new BoundedInput(in), UTF_8)));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver((_, _, _, _) -> InputStream.nullInputStream());
    return factory;
  }

  /** Fails as soon as more than {@link #MAX_BYTES} were read. */
  private static final class BoundedInput extends FilterInputStream {
    private long read;

    BoundedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        count(1);
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int got = super.read(buffer, offset, length);
      if (got > 0) {
        count(got);
      }
      return got;
    }

    private void count(int bytes) throws IOException {
      read += bytes;
      if (read > MAX_BYTES) {
        throw new IOException("larger than " + (MAX_BYTES >> 20) + " MiB");
      }
    }
  }
}
