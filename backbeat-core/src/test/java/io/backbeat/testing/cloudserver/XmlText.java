package io.backbeat.testing.cloudserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** XML as S3 speaks it: written by hand, read as trees. */
final class XmlText {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final StringBuilder text = new StringBuilder(HEAD);

  /** Opens an element. */
  XmlText open(String name) {
    text.append('<').append(name).append('>');
    return this;
  }

  /** Opens the outermost element. */
  XmlText root(String name) {
    return root(name, "http://s3.amazonaws.com/doc/2006-03-01/");
  }

  /** Opens the outermost element in a namespace. */
  XmlText root(String name, String namespace) {
    text.append('<').append(name).append(" xmlns=\"").append(namespace).append("\">");
    return this;
  }

  XmlText close(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  /** An element with a text. */
  XmlText add(String name, Object value) {
    return open(name).escaped(value.toString()).close(name);
  }

  /** A text inside the element that is open. */
  XmlText text(String value) {
    return escaped(value);
  }

  private XmlText escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        default -> {
          if (c < ' ') {
            text.append("&#").append((int) c).append(';');
          } else {
            text.append(c);
          }
        }
      }
    }
    return this;
  }

  byte[] bytes() {
    return text.toString().getBytes(UTF_8);
  }

  /** The outermost element of a body. */
  static Element parse(byte[] body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw StandInException.of("MalformedXML");
    }
  }

  /** The children of a name. */
  static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && localName(element).equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  private static String localName(Element element) {
    String name = element.getTagName();
    return name.substring(name.indexOf(':') + 1);
  }

  /** The text of a child; empty if there is none. */
  static String text(Element parent, String name) {
    List<Element> children = children(parent, name);
    return children.isEmpty() ? "" : children.get(0).getTextContent();
  }
}
