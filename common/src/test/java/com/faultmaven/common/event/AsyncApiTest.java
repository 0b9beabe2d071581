package com.faultmaven.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.faultmaven.common.model.WireName;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code deploy/asyncapi.yaml} and the event records together. */
class AsyncApiTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode DOCUMENT = read();

  @Test
  void isAnAsyncApiDocument() {
    assertThat(DOCUMENT.path("asyncapi").asText()).isEqualTo("3.0.0");
    for (JsonNode reference : DOCUMENT.findValues("$ref")) {
      String text = reference.asText();
      assertThat(text).startsWith("#/");
      assertThat(DOCUMENT.at(text.substring(1)).isMissingNode()).as(text).isFalse();
    }
  }

  @Test
  void describesEveryEventAndNoOther() {
    Set<String> names = new TreeSet<>();
    events().map(Class::getSimpleName).forEach(names::add);

    assertThat(fields("/components/messages")).isEqualTo(names);
    assertThat(fields("/components/schemas")).isEqualTo(names);
  }

  @Test
  void describesEveryTopicAndNoOther() {
    Set<String> topics = new TreeSet<>();
    for (EventTopic topic : EventTopic.values()) {
      String channel = channel(topic);
      topics.add(channel);
      assertThat(DOCUMENT.at("/channels/" + channel + "/address").asText())
          .isEqualTo(topic.named("faultmaven"));
    }

    assertThat(fields("/channels")).isEqualTo(topics);
  }

  @ParameterizedTest
  @MethodSource("events")
  void saysTheTypeAndTheTopic(Class<? extends DomainEvent> type) {
    String name = type.getSimpleName();
    JsonNode message = DOCUMENT.at("/components/messages/" + name);
    DomainEvent event = example(type);

    assertThat(message.path("name").asText()).isEqualTo(event.type());
    assertThat(message.at("/payload/$ref").asText()).isEqualTo("#/components/schemas/" + name);
    assertThat(message.at("/traits/0/$ref").asText())
        .isEqualTo("#/components/messageTraits/CloudEvent");
    for (EventTopic topic : EventTopic.values()) {
      boolean carries = topic == event.topic();
      String channel = channel(topic);
      assertThat(fields("/channels/" + channel + "/messages").contains(name)).isEqualTo(carries);
      assertThat(published(channel).contains("#/channels/" + channel + "/messages/" + name))
          .isEqualTo(carries);
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void saysWhichFieldNamesTheAggregate(Class<? extends DomainEvent> type) {
    JsonNode message = DOCUMENT.at("/components/messages/" + type.getSimpleName());

    assertThat(example(type).aggregateId()).isEqualTo(message.path("x-aggregate-id").asText());
  }

  @ParameterizedTest
  @MethodSource("events")
  void describesEveryFieldAndNoOther(Class<? extends DomainEvent> type) {
    ObjectNode expected = JSON.objectNode();
    Set<String> required = new TreeSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      expected.set(wireName(component), schema(component));
      if (!isNullable(component)) {
        required.add(wireName(component));
      }
    }
    JsonNode schema = DOCUMENT.at("/components/schemas/" + type.getSimpleName());
    ObjectNode actual = schema.path("properties").deepCopy();
    actual.forEach(
        property -> {
          assertThat(property.path("description").asText()).isNotBlank();
          ((ObjectNode) property).remove("description");
        });

    assertThat(actual).isEqualTo(expected);
    assertThat(texts(schema.path("required"))).isEqualTo(required);
    assertThat(schema.path("type").asText()).isEqualTo("object");
  }

  static Stream<Class<? extends DomainEvent>> events() {
    return Arrays.stream(DomainEvent.class.getPermittedSubclasses())
        .map(type -> type.asSubclass(DomainEvent.class));
  }

  private static JsonNode read() {
    Path file = Path.of(System.getProperty("faultmaven.root", ".."), "deploy", "asyncapi.yaml");
    try {
      return new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** An event in which each text field holds the name that the field has on the wire. */
  private static DomainEvent example(Class<? extends DomainEvent> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(AsyncApiTest::exampleValue).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }

  private static @Nullable Object exampleValue(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == String.class) {
      return wireName(component);
    } else if (type == long.class || type == Long.class) {
      return 1L;
    } else if (type == int.class) {
      return 1;
    } else if (type == double.class) {
      return 0.5;
    } else if (type == boolean.class) {
      return true;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == List.class) {
      return List.of();
    } else if (type == Map.class) {
      return Map.of();
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    throw new AssertionError("teach this test about " + component);
  }

  private static ObjectNode schema(RecordComponent component) {
    ObjectNode schema = schema(component.getGenericType());
    if (isNullable(component)) {
      String type = schema.path("type").asText();
      schema.set("type", JSON.arrayNode().add(type).add("null"));
      if (schema.path("enum") instanceof ArrayNode values) {
        values.addNull();
      }
    }
    return schema;
  }

  private static ObjectNode schema(Type type) {
    ObjectNode schema = JSON.objectNode();
    if (type == String.class) {
      return schema.put("type", "string");
    } else if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    } else if (type == boolean.class) {
      return schema.put("type", "boolean");
    } else if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    } else if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    } else if (type == double.class) {
      return schema.put("type", "number").put("format", "double");
    } else if (type instanceof Class<?> known && known.isEnum()) {
      ArrayNode values = schema.put("type", "string").putArray("enum");
      for (Object value : known.getEnumConstants()) {
        values.add(((WireName) value).wireName());
      }
      return schema;
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.put("type", "array").set("items", schema(list.getActualTypeArguments()[0]));
      return schema;
    } else if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      schema
          .put("type", "object")
          .set("additionalProperties", schema(map.getActualTypeArguments()[1]));
      return schema;
    }
    throw new AssertionError("teach this test about " + type);
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static String wireName(RecordComponent component) {
    return new SnakeCaseStrategy().translate(component.getName());
  }

  private static String channel(EventTopic topic) {
    return topic.named("").substring(1);
  }

  /** References to the messages that the channel's operation sends. */
  private static Set<String> published(String channel) {
    Set<String> messages = new TreeSet<>();
    for (JsonNode operation : DOCUMENT.path("operations")) {
      if (operation.at("/channel/$ref").asText().equals("#/channels/" + channel)) {
        assertThat(operation.path("action").asText()).isEqualTo("send");
        operation.path("messages").forEach(message -> messages.add(message.path("$ref").asText()));
      }
    }
    return messages;
  }

  private static Set<String> fields(String pointer) {
    Set<String> names = new TreeSet<>();
    DOCUMENT.at(pointer).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
    return texts;
  }
}
