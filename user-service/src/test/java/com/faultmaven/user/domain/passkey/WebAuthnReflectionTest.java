package com.faultmaven.user.domain.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.user.EmulatedAuthenticator;
import com.webauthn4j.converter.util.ObjectConverter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A native executable can read what browsers send: GraalVM is told of each class it takes. */
class WebAuthnReflectionTest {
  @Test
  void registersWhatJacksonLooksInto() {
    Set<String> seen = new ConcurrentSkipListSet<>();
    VerificationUnderTest checks =
        new VerificationUnderTest(
            new ObjectConverter(
                JsonMapper.builder().addModule(noting(seen)).build(),
                CBORMapper.builder().addModule(noting(seen)).build()));
    for (EmulatedAuthenticator authenticator :
        new EmulatedAuthenticator[] {
          EmulatedAuthenticator.es256(), EmulatedAuthenticator.rs256(2048)
        }) {
      Passkey passkey = checks.add(checks.created(authenticator));
      checks.signIn(checks.got(authenticator), passkey);
    }
    checks.close();

    assertThat(seen)
        .contains(
            "com.webauthn4j.data.client.CollectedClientData",
            "com.webauthn4j.data.attestation.authenticator.EC2COSEKey",
            "com.webauthn4j.data.attestation.authenticator.RSACOSEKey");
    assertThat(registered()).containsAll(seen);
  }

  private static Set<String> registered() {
    RegisterForReflection registration =
        WebAuthnReflection.class.getAnnotation(RegisterForReflection.class);
    return Stream.concat(
            Arrays.stream(registration.targets()).map(Class::getName),
            Arrays.stream(registration.classNames()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static SimpleModule noting(Set<String> seen) {
    return new SimpleModule("noting")
        .setDeserializerModifier(new Readers(seen))
        .setSerializerModifier(new Writers(seen));
  }

  private static void note(Set<String> seen, Class<?> type) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      if (at.getName().startsWith("com.webauthn4j.")) {
        seen.add(at.getName());
      }
    }
  }

  private static final class Readers extends ValueDeserializerModifier {
    private final transient Set<String> seen;

    Readers(Set<String> seen) {
      this.seen = seen;
    }

    @Override
    public BeanDeserializerBuilder updateBuilder(
        DeserializationConfig config,
        BeanDescription.Supplier description,
        BeanDeserializerBuilder builder) {
      note(seen, description.getBeanClass());
      for (var properties = builder.getProperties(); properties.hasNext(); ) {
        note(seen, properties.next().getType().getRawClass());
      }
      return builder;
    }

    @Override
    public ValueDeserializer<?> modifyEnumDeserializer(
        DeserializationConfig config,
        JavaType type,
        BeanDescription.Supplier description,
        ValueDeserializer<?> reader) {
      note(seen, type.getRawClass());
      return reader;
    }

    @Override
    public java.util.List<BeanPropertyDefinition> updateProperties(
        DeserializationConfig config,
        BeanDescription.Supplier description,
        java.util.List<BeanPropertyDefinition> properties) {
      note(seen, description.getBeanClass());
      return properties;
    }
  }

  private static final class Writers extends ValueSerializerModifier {
    private final transient Set<String> seen;

    Writers(Set<String> seen) {
      this.seen = seen;
    }

    @Override
    public BeanSerializerBuilder updateBuilder(
        SerializationConfig config,
        BeanDescription.Supplier description,
        BeanSerializerBuilder builder) {
      note(seen, description.getBeanClass());
      return builder;
    }
  }
}
