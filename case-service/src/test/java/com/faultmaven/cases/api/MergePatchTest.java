package com.faultmaven.cases.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
