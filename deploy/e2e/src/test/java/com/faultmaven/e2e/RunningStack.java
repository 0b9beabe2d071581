package com.faultmaven.e2e;

import com.faultmaven.local.Apps;
import com.faultmaven.local.LocalStack;
import com.faultmaven.local.servers.DirectoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the packaged system once for all test classes and hands it to them as a parameter. */
public final class RunningStack implements BeforeAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RunningStack.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    stack(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return stack(context);
  }

  private static LocalStack stack(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Started.class, key -> Started.now(), Started.class)
        .stack;
  }

  private record Started(LocalStack stack, Path directory) implements AutoCloseable {
    static Started now() {
      try {
        Path directory = Files.createTempDirectory("faultmaven-e2e-");
        LocalStack stack =
            new LocalStack(
                directory, apps(), 0, false, status -> System.out.println("e2e: " + status));
        stack.start();
        return new Started(stack, directory);
      } catch (java.io.IOException e) {
        throw new IllegalStateException("the system does not start", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the system was starting", e);
      }
    }

    /** What the build has just packaged, or copies that somebody has staged. */
    private static Apps apps() {
      String staged = System.getProperty("faultmaven.apps");
      return staged == null
          ? Apps.ofCheckout(
              Path.of(System.getProperty("faultmaven.root", "../..")).toAbsolutePath())
          : Apps.staged(Path.of(staged));
    }

    @Override
    public void close() throws Exception {
      stack.close();
      DirectoryTree.delete(directory);
    }
  }
}
