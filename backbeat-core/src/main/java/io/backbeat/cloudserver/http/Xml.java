package io.backbeat.cloudserver.http;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an XML answer, without attributes and namespaces, which S3 does not need. Small
 * documents only.
 */
final class Xml {
  private final String name;
  private final StringBuilder text = new StringBuilder();
  private final List<Xml> children = new ArrayList<>();

  private Xml(String name) {
    this.name = name;
  }

  /**
   * The root.
   *
   * @throws IllegalArgumentException if it is not XML, or has a document type
   */
  static Xml parse(byte[] bytes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException("not XML: " + e.getMessage(), e);
    }
  }

  private static Xml read(XMLStreamReader reader) throws XMLStreamException {
    Xml above = new Xml("");
    Deque<Xml> open = new ArrayDeque<>(List.of(above));
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          Xml element = new Xml(reader.getLocalName());
          open.element().children.add(element);
          open.push(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            open.element().text.append(reader.getText());
        default -> {
          // comments and instructions mean nothing here
        }
      }
    }
    return above.children.get(0);
  }

  String name() {
    return name;
  }

  List<Xml> all(String child) {
    return children.stream().filter(each -> each.name.equals(child)).toList();
  }

  Optional<Xml> first(String child) {
    return children.stream().filter(each -> each.name.equals(child)).findFirst();
  }

  /** The text of a child; empty if there is none. */
  String text(String child) {
    return first(child).map(each -> each.text.toString().strip()).orElse("");
  }
}
