package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_EXTRACTION;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_SUMMARY;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PreprocessingProperties {

  @Property(tries = 300)
  void anyBytesAreClassifiedAlikeTwice(@ForAll("contents") byte[] bytes) throws IOException {
    Path file = Samples.file(bytes);
    try {
      Classification first = Samples.ENGINE.classify(file, "upload.bin", null);

      assertThat(Samples.ENGINE.classify(file, "upload.bin", null)).isEqualTo(first);
      assertThat(first.confidence()).isBetween(0.0, 1.0);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 600)
  void anyBytesAreExtractedAsAnyTypeWithinBounds(
      @ForAll("contents") byte[] bytes, @ForAll DataType type, @ForAll("names") String name)
      throws IOException {
    Path file = Samples.file(bytes);
    try {
      Extraction extraction = Samples.ENGINE.extract(file, name, type, Samples.PLAIN);

      assertThat(extraction.summary()).isNotBlank().hasSizeLessThanOrEqualTo(MAX_SUMMARY);
      assertThat(extraction.fullExtraction()).hasSizeLessThanOrEqualTo(MAX_EXTRACTION);
      assertThat(extraction.insights()).hasSizeBetween(3, 10).allMatch(text -> !text.isBlank());
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(3_000);
    Arbitrary<String> pieces =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ":",
            ",",
            "=",
            "\n",
            "\n\n",
            "  ",
            "- ",
            "---\n",
            "&a ",
            "*a",
            "<<: ",
            "<a b='",
            ">",
            "</a>",
            "<!DOCTYPE x [",
            "]]>",
            "&x;",
            "#",
            "//",
            "/*",
            "*/",
            "```\n",
            "ERROR ",
            "error=none",
            "2026-03-01T10:00:00Z ",
            "1767225600 ",
            "1e999",
            "NaN",
            "-",
            "0.5",
            "a",
            "key",
            "value",
            "class A {",
            "def f():\n",
            "func x() {",
            "SELECT * FROM t;",
            "catch (E e) {}",
            "while (true) {",
            "\u0000",
            "\uD83D",
            "\uFEFF",
            "é",
            "%PDF-1.7\n",
            "\\",
            "\"\"\"",
            "'''",
            "<<EOF\n",
            "PK\u0003\u0004",
            "|",
            ";",
            "\t",
            "\r");
    Arbitrary<byte[]> structured =
        pieces
            .list()
            .ofMaxSize(400)
            .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> wide =
        pieces
            .list()
            .ofMaxSize(200)
            .map(list -> String.join("", list).getBytes(StandardCharsets.UTF_16));
    return Arbitraries.oneOf(noise, structured, structured, wide);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "a",
        "a.log",
        "a.json",
        "a.yaml",
        "a.toml",
        "a.ini",
        "a.properties",
        "a.xml",
        "a.tf",
        "a.csv",
        "a.prom",
        "a.java",
        "a.py",
        "a.go",
        "a.sql",
        "a.rs",
        "a.sh",
        "a.c",
        "a.ts",
        "a.md",
        "a.html",
        "a.docx",
        "a.pdf",
        "a.png",
        ".",
        "",
        "a/b\\c");
  }
}
