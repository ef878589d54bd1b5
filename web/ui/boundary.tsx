import { Component, type ReactNode } from "react";

interface Props {
  /** In the place of what failed. */
  readonly fallback: ReactNode;
  /** What is drawn: where it changes, it is tried again. */
  readonly of?: unknown;
  readonly children: ReactNode;
}

/** Keeps a failure while something is drawn to its place: the rest of the page stays. */
export class Boundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ of }: Props): void {
    if (this.state.failed && of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
