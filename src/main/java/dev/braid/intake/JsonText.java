package dev.braid.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** JSON as it is read here: strictly UTF-8, no key twice in one object, bounded in every way. */
final class JsonText {
  /** How deep lists and objects may stand in each other. */
  static final int MAX_NESTING = 100;

  /** The most brackets, names and values: what keeps 64 MiB of {@code []} from filling the heap. */
  static final int MAX_TOKENS = 10_000_000;

  private static final int MAX_MESSAGE_CHARACTERS = 160;
  private static final int DECODER_CHARACTERS = 8192;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxTokenCount(MAX_TOKENS)
                  .maxDocumentLength(TaskFile.MAX_BYTES)
                  .maxStringLength(TaskFile.MAX_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names come from strangers: no table of them outlives the reading.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();
  private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY).build();

  private JsonText() {}

  /** Where the bytes stop being UTF-8, in words; empty when all of them are. */
  static Optional<String> encodingProblem(byte[] bytes) {
    var input = ByteBuffer.wrap(bytes);
    var scratch = CharBuffer.allocate(DECODER_CHARACTERS);
    var decoder = strictDecoder();
    CoderResult result;
    do {
      result = decoder.decode(input, scratch.clear(), true);
    } while (result.isOverflow());
    return result.isError()
        ? Optional.of(
            String.format(Locale.ROOT, "not UTF-8: invalid byte at offset %,d", input.position()))
        : Optional.empty();
  }

  /**
   * A parser at the start of the text, behind a byte order mark.
   *
   * <p>It reads characters, not bytes: Jackson would take bytes with zeros in them for UTF-16.
   */
  static JsonParser open(byte[] bytes) throws IOException {
    int start = startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    var input = new ByteArrayInputStream(bytes, start, bytes.length - start);
    var parser = FACTORY.createParser(new InputStreamReader(input, strictDecoder()));
    parser.setCodec(MAPPER);
    return parser;
  }

  /** What is wrong and where, in one line. */
  static String problem(JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    // What Jackson adds for programmers: its options, and where an open bracket began.
    for (String aside : new String[] {" (start marker", ": enable ", ", from `"}) {
      int at = message.indexOf(aside);
      message = at < 0 ? message : message.substring(0, at);
    }
    String kind =
        failure instanceof StreamConstraintsException
            ? "too large"
            : message.startsWith("Duplicate") ? "duplicate key" : "not JSON";
    return kind
        + where(failure)
        + ": "
        + Excerpt.printable(closed(message), MAX_MESSAGE_CHARACTERS);
  }

  /** The place the parser has come to, such as {@code line 3, column 14}. */
  static String where(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static String where(JsonProcessingException failure) {
    var at = failure.getLocation();
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  /** Gives back the parenthesis that was cut off with the rest. */
  private static String closed(String message) {
    return message.lastIndexOf('(') > message.lastIndexOf(')') ? message + ")" : message;
  }

  private static boolean startsWithByteOrderMark(byte[] bytes) {
    int length = BYTE_ORDER_MARK.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  private static CharsetDecoder strictDecoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
