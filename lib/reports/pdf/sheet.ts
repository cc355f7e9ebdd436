/** A sheet of A4 to write on from top to bottom: fonts, colours, and a cursor that turns the page when it has to. */
import path from "node:path";
import PDFDocument from "pdfkit";

export const INK = {
  text: "#22242c",
  muted: "#5d616d",
  line: "#d9dbe2",
  accent: "#5b3fd6",
  warning: "#b06a00",
  fill: "#edeafb",
} as const;
export const MARGIN = 44;
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - 48;

export class Sheet {
  y = MARGIN;

  private constructor(readonly doc: PDFKit.PDFDocument) {}

  /** `createdAt` stands in the file, so that the same review gives the same bytes. */
  static open(title: string, createdAt: Date, compress: boolean): Sheet {
    const doc = new PDFDocument({
      size: "A4",
      margin: 0,
      compress,
      autoFirstPage: true,
      bufferPages: true,
      lang: "en",
      info: {
        Title: title,
        Producer: "Throughline",
        Creator: "Throughline",
        CreationDate: createdAt,
        ModDate: createdAt,
      },
    });
    const folder = path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");
    doc.registerFont("regular", path.join(folder, "Geist-Regular.ttf"));
    doc.registerFont("strong", path.join(folder, "Geist-SemiBold.ttf"));
    return new Sheet(doc);
  }

  /** Turns the page when less than `height` is left. */
  need(height: number): void {
    if (this.y + height > BOTTOM) this.turn();
  }

  turn(): void {
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** One line of words, cut with an ellipsis where it does not fit. */
  line(
    text: string,
    {
      x = MARGIN,
      y = this.y,
      width = WIDTH,
      size = 9,
      strong = false,
      colour = INK.text,
      align = "left",
    }: LineLook = {},
  ): void {
    this.doc
      .font(strong ? "strong" : "regular")
      .fontSize(size)
      .fillColor(colour);
    this.doc.text(clean(text), x, y, { width, align, lineBreak: false, ellipsis: true, height: size * 1.3 });
  }

  /** Words that flow inside a cell of a table; the cursor stays. */
  cell(text: string, { x = MARGIN, width = WIDTH, size = 8, colour = INK.text, align = "left" }: LineLook = {}): void {
    this.doc.font("regular").fontSize(size).fillColor(colour);
    this.doc.text(clean(text), x, this.y, { width, align });
  }

  /** Words that flow; moves the cursor behind them. */
  paragraph(
    text: string,
    { x = MARGIN, width = WIDTH, size = 9, strong = false, colour = INK.text }: LineLook = {},
  ): void {
    this.doc
      .font(strong ? "strong" : "regular")
      .fontSize(size)
      .fillColor(colour);
    const height = this.doc.heightOfString(clean(text), { width });
    this.need(height);
    this.doc.text(clean(text), x, this.y, { width });
    this.y += height + 3;
  }

  heading(text: string): void {
    this.need(46);
    this.y += 10;
    this.line(text, { size: 12, strong: true });
    this.y += 18;
  }

  rule(): void {
    this.doc
      .moveTo(MARGIN, this.y)
      .lineTo(MARGIN + WIDTH, this.y)
      .lineWidth(0.5)
      .strokeColor(INK.line)
      .stroke();
  }

  /** Number of the page and what it is of, on every page; then the bytes. */
  async finish(footer: string): Promise<Buffer> {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.doc.switchToPage(page);
      this.line(footer, { y: 841.89 - 32, size: 7, colour: INK.muted });
      this.line(`${String(page + 1)} of ${String(count)}`, {
        y: 841.89 - 32,
        size: 7,
        colour: INK.muted,
        align: "right",
      });
    }
    const chunks: Buffer[] = [];
    const done = new Promise<void>((resolve, reject) => {
      this.doc.on("data", (chunk: Buffer) => chunks.push(chunk));
      this.doc.on("end", resolve);
      this.doc.on("error", reject);
    });
    this.doc.end();
    await done;
    return Buffer.concat(chunks);
  }
}

interface LineLook {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly size?: number;
  readonly strong?: boolean;
  readonly colour?: string;
  readonly align?: "left" | "right" | "center";
}

/** Names may hold anything; a control or direction sign must not move what stands beside it. */
function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").replace(/−/g, "-");
}
