package com.faultmaven.artifact.preprocess.extract.config;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML, without document type definitions and entities from outside. */
final class XmlConfig implements ConfigReader {
  private static final XMLInputFactory XML = factory();

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, baseUri, namespace) -> {
          throw new XMLStreamException("entities from outside are not read");
        });
    return factory;
  }

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    int start = Math.max(0, text.indexOf('<'));
    Walk walk = new Walk(into);
    try {
      XMLStreamReader reader;
      synchronized (XML) {
        reader = XML.createXMLStreamReader(new StringReader(text.substring(start)));
      }
      while (reader.hasNext() && !into.full()) {
        walk.take(reader, reader.next());
      }
      reader.close();
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new ConfigSyntaxException("XML breaks off at line " + line);
    }
  }

  private static final class Walk {
    private final TreeBuilder into;
    private final Deque<Element> open = new ArrayDeque<>();

    Walk(TreeBuilder into) {
      this.into = into;
    }

    void take(XMLStreamReader reader, int event) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> start(reader);
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty() && !reader.isWhiteSpace()) {
            open.peek().text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {
          // Comments, processing instructions and entities say nothing.
        }
      }
    }

    private void start(XMLStreamReader reader) {
      if (open.isEmpty()) {
        into.startMapping();
      }
      Element parent = open.peek();
      String name = reader.getLocalName();
      int before = parent == null ? 0 : parent.children.merge(name, 1, Integer::sum) - 1;
      into.key(before == 0 ? name : name + "[" + before + "]");
      into.startMapping();
      open.push(new Element());
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        into.key("@" + reader.getAttributeLocalName(i));
        into.scalar(reader.getAttributeValue(i));
      }
    }

    private void end() {
      Element element = open.pop();
      String text = element.text.toString().strip();
      if (!text.isEmpty()) {
        into.key("text()");
        into.scalar(text);
      }
      into.end();
      if (open.isEmpty()) {
        into.end();
      }
    }
  }

  private static final class Element {
    private final Map<String, Integer> children = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
  }
}
