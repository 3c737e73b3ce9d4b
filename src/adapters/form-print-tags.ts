import {
  type PDFArray,
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  type PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";

/** What of a document's structure this form needs. */
export type TagName = "H1" | "H2" | "P" | "Sect" | "Form";

/** A node of the structure tree. */
export interface Tag {
  readonly ref: PDFRef;
  readonly kids: PDFArray;
}

const operator = (name: string, ...operands: (PDFName | string)[]): PDFOperator =>
  PDFOperator.of(name as PDFOperatorNames, operands.map((each) => (typeof each === "string" ? each : each.asString())) as never);

/**
 * Builds a PDF's structure tree while its pages are drawn: reading order, headings, form fields.
 *
 * @see ISO 14289-1 (PDF/UA-1), ISO 32000-1 14.7
 */
export class StructureTree {
  readonly #document: PDFDocument;
  readonly #root: PDFRef;
  readonly #top: Tag;
  readonly #pageTags = new Map<PDFPage, PDFRef[]>();
  readonly #objectTags: PDFRef[] = [];

  constructor(document: PDFDocument) {
    this.#document = document;
    this.#root = document.context.nextRef();
    this.#top = this.#create("Document", this.#root);
  }

  #create(name: string, parent: PDFRef, page?: PDFPage): Tag {
    const { context } = this.#document;
    const kids = context.obj([]);
    const dict = context.obj({ Type: "StructElem", S: name, P: parent, K: kids });
    if (page !== undefined) dict.set(PDFName.of("Pg"), page.ref);
    return { ref: context.register(dict), kids };
  }

  /** Opens a node below `parent`, or below the document. */
  add(name: TagName, page: PDFPage, parent: Tag = this.#top): Tag {
    const tag = this.#create(name, parent.ref, page);
    parent.kids.push(tag.ref);
    return tag;
  }

  /** Draws something as the content of a node. */
  draw(page: PDFPage, tag: Tag, name: TagName, draw: () => void): void {
    const tags = this.#pageTags.get(page) ?? [];
    this.#pageTags.set(page, tags);
    const id = tags.push(tag.ref) - 1;
    tag.kids.push(PDFNumber.of(id));
    page.pushOperators(operator("BDC", PDFName.of(name), `<< /MCID ${id} >>`));
    draw();
    page.pushOperators(operator("EMC"));
  }

  /** Draws lines, marks and running text that a screen reader passes over. */
  drawArtifact(page: PDFPage, draw: () => void): void {
    page.pushOperators(operator("BMC", PDFName.of("Artifact")));
    draw();
    page.pushOperators(operator("EMC"));
  }

  /** Ties a form field's widget to a node of its own. */
  addWidget(page: PDFPage, widget: PDFDict, parent: Tag): void {
    const { context } = this.#document;
    const reference = context.getObjectRef(widget);
    if (reference === undefined) return;
    const tag = this.add("Form", page, parent);
    tag.kids.push(context.obj({ Type: "OBJR", Obj: reference, Pg: page.ref }));
    // Number-tree keys below the page count belong to the pages.
    widget.set(PDFName.of("StructParent"), PDFNumber.of(this.#document.getPageCount() + this.#objectTags.length));
    this.#objectTags.push(tag.ref);
  }

  /** Writes the tree into the catalog. Call once, after all pages exist and are drawn. */
  finish(): void {
    const { context, catalog } = this.#document;
    const numbers = context.obj([]);
    const pages = this.#document.getPages();
    for (const [index, page] of pages.entries()) {
      page.node.set(PDFName.of("StructParents"), PDFNumber.of(index));
      page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
      numbers.push(PDFNumber.of(index));
      numbers.push(context.register(context.obj([...(this.#pageTags.get(page) ?? [])])));
    }
    for (const [index, reference] of this.#objectTags.entries()) {
      numbers.push(PDFNumber.of(pages.length + index));
      numbers.push(reference);
    }
    const parentTree = context.register(context.obj({ Nums: numbers }));
    const next = PDFNumber.of(pages.length + this.#objectTags.length);
    const root = context.obj({ Type: "StructTreeRoot", K: [this.#top.ref], ParentTree: parentTree, ParentTreeNextKey: next });
    context.assign(this.#root, root);
    catalog.set(PDFName.of("StructTreeRoot"), this.#root);
    catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  }
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** States title, language and conformance, for people (window title) and for checkers (XMP). */
export function stateDocument(
  document: PDFDocument,
  about: { readonly title: string; readonly language: string; readonly creator: string },
): void {
  const { context, catalog } = document;
  document.setTitle(about.title, { showInWindowTitleBar: true });
  document.setProducer(about.creator);
  document.setCreator(about.creator);
  catalog.set(PDFName.of("Lang"), PDFString.of(about.language));
  const xmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${about.language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
  const stream = context.stream(new TextEncoder().encode(xmp), { Type: "Metadata", Subtype: "XML" });
  catalog.set(PDFName.of("Metadata"), context.register(stream));
}

/** Sets what a screen reader says for a field or one of its widgets. */
export function setTooltip(dict: PDFDict, text: string): void {
  dict.set(PDFName.of("TU"), PDFHexString.fromText(text));
}
