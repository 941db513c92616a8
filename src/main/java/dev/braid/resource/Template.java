package dev.braid.resource;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.braid.claude.FrontMatter;
import dev.braid.config.Places;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/**
 * What the files of skills or agents are made from, in Mustache: the user's own where there is one,
 * else the one that Braid brings along.
 *
 * @param source where it stands, for people
 */
record Template(ResourceKind kind, String source, String text) {
  private static final int CHECKSUM_LENGTH = 16;

  static Template of(ResourceKind kind, Places places) throws IOException {
    String name = kind.wireName() + ".md";
    Path own = places.templates().resolve(name);
    if (Files.isRegularFile(own)) {
      return new Template(kind, own.toString(), Files.readString(own));
    }
    try (InputStream shipped = Template.class.getResourceAsStream("/templates/" + name)) {
      byte[] bytes = Objects.requireNonNull(shipped, name).readAllBytes();
      return new Template(kind, "templates/" + name, new String(bytes, StandardCharsets.UTF_8));
    }
  }

  /** Changes when the text does. */
  String version() {
    return checksum(text);
  }

  /**
   * The file of a resource.
   *
   * @throws IOException when it would be no skill or agent: one line that says why
   */
  String render(Resource resource) throws IOException {
    String rendered;
    try {
      rendered =
          Mustache.compiler()
              .escapeHTML(false)
              .defaultValue("")
              .compile(text)
              .execute(
                  Map.of(
                      "name", resource.name(),
                      "description", resource.description(),
                      "description_quoted", FrontMatter.quoted(resource.description()),
                      "has_details", !resource.details().isEmpty(),
                      "details", resource.details(),
                      "details_line", String.join(", ", resource.details())));
    } catch (MustacheException e) {
      throw new IOException("the template " + source + " is faulty: " + e.getMessage(), e);
    }
    boolean isGood =
        FrontMatter.of(rendered)
            .filter(head -> head.field("name").equals(resource.name()))
            .filter(head -> !head.field("description").isEmpty())
            .isPresent();
    if (!isGood) {
      throw new IOException(
          "the template " + source + " makes a file without name and description in its head");
    }
    return rendered;
  }

  /** Tells one text from another. */
  static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, CHECKSUM_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
