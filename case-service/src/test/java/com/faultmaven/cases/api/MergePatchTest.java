package com.faultmaven.cases.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The examples of RFC 7396, appendix A, whose target is an object. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'a':'b'}; {'a':'c'}; {'a':'c'}",
        "{'a':'b'}; {'b':'c'}; {'a':'b','b':'c'}",
        "{'a':'b'}; {'a':null}; {}",
        "{'a':'b','b':'c'}; {'a':null}; {'b':'c'}",
        "{'a':['b']}; {'a':'c'}; {'a':'c'}",
        "{'a':'c'}; {'a':['b']}; {'a':['b']}",
        "{'a':{'b':'c'}}; {'a':{'b':'d','c':null}}; {'a':{'b':'d'}}",
        "{'a':[{'b':'c'}]}; {'a':[1]}; {'a':[1]}",
        "['a','b']; ['c','d']; ['c','d']",
        "{'a':'b'}; ['c']; ['c']",
        "{'e':null}; {'a':1}; {'e':null,'a':1}",
        "[1,2]; {'a':'b','c':null}; {'a':'b'}",
        "{}; {'a':{'bb':{'ccc':null}}}; {'a':{'bb':{}}}"
      })
  void mergesAsTheStandardSays(String target, String patch, String result)
      throws JsonProcessingException {
    assertThat(merge(read(patch), read(target))).isEqualTo(read(result));
  }

  @Property
  void changesNothingTheSecondTime(
      @ForAll("objects") JsonNode target, @ForAll("objects") JsonNode patch) {
    JsonNode once = merge(patch, target);
    assertThat(merge(patch, once)).isEqualTo(once);
  }

  @Property
  void neverTouchesItsArguments(
      @ForAll("objects") JsonNode target, @ForAll("objects") JsonNode patch) {
    JsonNode targetBefore = target.deepCopy();
    JsonNode patchBefore = patch.deepCopy();
    merge(patch, target);
    assertThat(target).isEqualTo(targetBefore);
    assertThat(patch).isEqualTo(patchBefore);
  }

  @Property
  void keepsWhatThePatchDoesNotName(
      @ForAll("objects") JsonNode target, @ForAll("objects") JsonNode patch) {
    assertMerged(target, patch, merge(patch, target));
  }

  /** What the standard says of a member, in other words than the code's. */
  private static void assertMerged(JsonNode target, JsonNode patch, JsonNode result) {
    for (String name : List.of("a", "b", "c")) {
      JsonNode old = target.path(name);
      JsonNode sent = patch.path(name);
      if (sent.isMissingNode()) {
        assertThat(result.path(name)).isEqualTo(old);
      } else if (sent.isNull()) {
        assertThat(result.has(name)).isFalse();
      } else if (sent.isObject()) {
        assertMerged(
            old.isObject() ? old : JsonNodeFactory.instance.objectNode(), sent, result.path(name));
      } else {
        assertThat(result.path(name)).isEqualTo(sent);
      }
    }
  }

  @Property
  void bringsAnyDocumentWithoutNullsIntoAnyOther(
      @ForAll("objects") JsonNode from, @ForAll("objects") JsonNode given) {
    JsonNode to = merge(given, JsonNodeFactory.instance.objectNode());

    assertThat(merge(difference(from, to), from)).isEqualTo(to);
  }

  /** The patch that makes one object of another that has no nulls. */
  private static JsonNode difference(JsonNode from, JsonNode to) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("a", "b", "c")) {
      if (!to.has(name)) {
        patch.putNull(name);
      } else if (to.path(name).isObject()) {
        patch.set(name, difference(from.path(name), to.path(name)));
      } else {
        patch.set(name, to.path(name));
      }
    }
    return patch;
  }

  @Provide
  Arbitrary<JsonNode> objects() {
    return nodes(3);
  }

  private static Arbitrary<JsonNode> nodes(int depth) {
    Arbitrary<JsonNode> leaf =
        Arbitraries.<JsonNode>of(
            JsonNodeFactory.instance.numberNode(1),
            JsonNodeFactory.instance.textNode("x"),
            JsonNodeFactory.instance.nullNode(),
            JsonNodeFactory.instance.arrayNode().add(1));
    Arbitrary<JsonNode> value = depth == 0 ? leaf : Arbitraries.oneOf(leaf, nodes(depth - 1));
    return Arbitraries.maps(Arbitraries.of("a", "b", "c"), value)
        .ofMaxSize(3)
        .map(MergePatchTest::object);
  }

  private static JsonNode object(Map<String, JsonNode> members) {
    return JsonNodeFactory.instance.objectNode().setAll(members);
  }

  private static JsonNode merge(JsonNode patch, JsonNode target) {
    return requireNonNull(new MergePatch<>("", Set.of("field")).merged("field", patch, target));
  }

  private static JsonNode read(String text) throws JsonProcessingException {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
