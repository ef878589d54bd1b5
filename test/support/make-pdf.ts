/** A PDF with words at places, as a typesetter leaves them: Helvetica, Times, or bold Times. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  /** From the bottom of the page, of 792 points. */
  readonly y: number;
  readonly size: number;
  readonly font?: "times" | "bold" | "helvetica";
  /** Upright, along the edge. */
  readonly upright?: boolean;
}

const FONTS = { times: "Times-Roman", bold: "Times-Bold", helvetica: "Helvetica" };

export function makePdf(pages: readonly (readonly PdfText[])[], info: Record<string, string> = {}): Buffer {
  const objects: string[] = [];
  const add = (body: string): number => objects.push(body);
  const escaped = (text: string) => text.replace(/[\\()]/g, "\\$&");
  const fonts = Object.entries(FONTS).map(
    ([name, base]) =>
      `/${name} ${add(`<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding >>`)} 0 R`,
  );
  const tree = pages.length * 2 + objects.length + 1;
  const kids = pages.map((texts) => {
    const stream = texts
      .map(({ text, x, y, size, font = "times", upright = false }) => {
        const matrix = upright ? `0 1 -1 0 ${x} ${y}` : `1 0 0 1 ${x} ${y}`;
        return `BT /${font} ${size} Tf ${matrix} Tm (${escaped(text)}) Tj ET`;
      })
      .join("\n");
    const content = add(`<< /Length ${Buffer.byteLength(stream, "latin1")} >>\nstream\n${stream}\nendstream`);
    return add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 612 792] /Resources << /Font << ${fonts.join(" ")} >> >> /Contents ${content} 0 R >>`,
    );
  });
  add(`<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] /Count ${kids.length} >>`);
  const root = add(`<< /Type /Catalog /Pages ${tree} 0 R >>`);
  const about = add(
    `<< ${Object.entries(info)
      .map(([name, text]) => `/${name} (${escaped(text)})`)
      .join(" ")} >>`,
  );
  let file = "%PDF-1.4\n";
  const offsets = objects.map((body, at) => {
    const offset = Buffer.byteLength(file, "latin1");
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, "latin1");
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${root} 0 R /Info ${about} 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
