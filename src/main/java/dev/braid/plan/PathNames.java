package dev.braid.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells which words are paths, and writes each path in one way only. */
final class PathNames {
  /** The folder tasks work in unless they say otherwise. */
  static final String HERE = ".";

  private static final Set<String> EXTENSIONS =
      WordSet.of(
          """
          adoc bash bat bicep c cc cfg cjs clj cmake conf cpp cs csproj css csv cts dart diff
          ejs env erl ex exs feature fish go gql gradle graphql groovy h hbs hcl hpp hs htm
          html ini ipynb java jl js json json5 jsonc jsonl jsx kt kts less lock log lua m md
          mdx mjs ml mts patch php pl png prisma properties proto ps1 py pyi r rb rs rst sass
          scala scss sh sln sql svelte svg swift tex tf tfvars tmpl toml tpl ts tsv tsx txt
          vue xml yaml yml zig zsh
          """);

  /** Products that are named like files. */
  private static final Set<String> PRODUCTS =
      WordSet.of(
          """
          alpine.js angular.js backbone.js chart.js d3.js discord.js ember.js express.js
          nest.js next.js node.js nuxt.js react.js three.js vue.js
          """);

  /** Words with a slash that are no paths. */
  private static final Set<String> COMPOUNDS =
      WordSet.of(
          """
          and/or before/after ci/cd client/server either/or enable/disable get/set he/she i/o
          input/output key/value n/a name/value on/off pass/fail pros/cons read/write
          request/response s/he start/stop success/failure tcp/ip true/false up/down w/o
          yes/no
          """);

  private static final Set<String> MEDIA_TYPES =
      WordSet.of("application audio font image multipart text video");

  /** What a first folder ends in when it is a host: {@code github.com/acme}. */
  private static final List<String> HOST_ENDINGS = List.of(".com", ".org", ".io", ".net", ".dev");

  private PathNames() {}

  static boolean isUrl(String word) {
    return word.contains("://") || word.startsWith("www.") || word.startsWith("git@");
  }

  static boolean isPath(Word word) {
    String lower = word.lower();
    if (isUrl(lower) || lower.startsWith("-") || lower.startsWith("@")) {
      return false;
    }
    return lower.indexOf('/') >= 0 ? isPathOfFolders(lower) : isFileName(lower);
  }

  private static boolean isPathOfFolders(String lower) {
    int slash = lower.indexOf('/');
    String first = lower.substring(0, slash);
    boolean mediaType =
        MEDIA_TYPES.contains(first)
            && lower.indexOf('/', slash + 1) < 0
            && lower.indexOf('.', slash) < 0;
    boolean host = HOST_ENDINGS.stream().anyMatch(first::endsWith);
    boolean letters = lower.chars().anyMatch(Character::isLetter);
    return letters && !mediaType && !host && !COMPOUNDS.contains(lower);
  }

  /** Whether it is a file name with a known extension. */
  static boolean isFileName(String lower) {
    String name = withoutLine(lower);
    int dot = name.lastIndexOf('.');
    return dot >= 0
        && EXTENSIONS.contains(name.substring(dot + 1))
        && (dot > 0 || name.equals(".env"))
        && !PRODUCTS.contains(name);
  }

  /** Without the line number of {@code src/A.java:42}. */
  static String withoutLine(String path) {
    int end = path.length();
    while (end > 0 && Character.isDigit(path.charAt(end - 1))) {
      end--;
    }
    return end > 0 && end < path.length() && path.charAt(end - 1) == ':'
        ? path.substring(0, end - 1)
        : path;
  }

  /** The path seen from the caller's folder, in its one way of writing. */
  static String resolve(String folder, String path) {
    boolean absolute = path.startsWith("/") || path.startsWith("~") || path.startsWith("$");
    return normal(absolute ? path : folder + "/" + path);
  }

  /** {@code ./a//b/../c/} is {@code a/c}; the empty path is {@code .}. */
  static String normal(String path) {
    var folders = new ArrayList<String>();
    boolean absolute = path.startsWith("/");
    for (String folder : path.split("/", -1)) {
      boolean up = folder.equals("..");
      if (up && !folders.isEmpty() && !folders.getLast().equals("..")) {
        folders.removeLast();
      } else if (!folder.isEmpty() && !folder.equals(HERE) && !(up && absolute)) {
        folders.add(folder);
      }
    }
    if (absolute) {
      return "/" + String.join("/", folders);
    }
    return folders.isEmpty() ? HERE : String.join("/", folders);
  }

  /** The name of a resource, with its path written in one way when it is one. */
  static String normalName(String resource) {
    for (String kind : List.of("file:", "git:")) {
      if (resource.startsWith(kind) && !isUrl(resource.substring(kind.length()))) {
        return kind + normal(resource.substring(kind.length()));
      }
    }
    return resource;
  }

  /** The last part of an address, without {@code .git}: the name of the repository there. */
  static String repositoryName(String url) {
    String path = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    return name.toLowerCase(Locale.ROOT).endsWith(".git")
        ? name.substring(0, name.length() - ".git".length())
        : name;
  }
}
