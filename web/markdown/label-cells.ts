import type { Nodes, Table } from "mdast";

/** Gives each cell of a table the head of its column: where a table has no room for columns, it stands before the cell. */
export function labelCells({ children: [head, ...rows] }: Table): void {
  const names = head?.children.map(textOf) ?? [];
  for (const { children: cells } of rows) {
    cells.forEach((cell, at) => {
      const name = names[at] ?? "";
      if (at > 0 && name !== "") cell.data = { hProperties: { dataLabel: name } };
    });
  }
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
