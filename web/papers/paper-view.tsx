export function PaperView({ id }: { readonly id: string }) {
  return <h1>{id}</h1>;
}
