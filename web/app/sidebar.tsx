import { useEffect } from "react";
import { ConversationList } from "../conversations/conversation-list.tsx";
import { chatPath, MAP_PATH, PAPERS_PATH } from "../router/route.ts";
import { useRoute } from "../router/use-route.ts";
import { startAnew } from "../state/chats.ts";
import { useStore } from "../state/store.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { SidebarFoot } from "./sidebar-foot.tsx";
import { closeSidebar, sidebarOpen, toggleSidebar, useSidebarPlace } from "./sidebar-state.ts";

const PAGES: readonly { page: string; href: string; label: string; icon: IconName }[] = [
  { page: "papers", href: PAPERS_PATH, label: "Papers", icon: "papers" },
  { page: "map", href: MAP_PATH, label: "Map", icon: "map" },
];

/** Beside the page; where it is away, over it when it is asked for. */
export function Sidebar() {
  const place = useSidebarPlace();
  const open = useStore(sidebarOpen);
  const route = useRoute();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where one has gone somewhere, it has done its work
  useEffect(closeSidebar, [route]);
  useEffect(() => {
    // With room beside the page again it need not lie over it.
    if (place === "beside") closeSidebar();
  }, [place]);
  if (place === "beside") return <div className="sidebar">{<Content />}</div>;
  if (!open) return null;
  return (
    <Sheet label="Conversations and pages" className="side-left" onClose={closeSidebar}>
      <div className="sidebar">
        <Content onClose={closeSidebar} />
      </div>
    </Sheet>
  );
}

function Content({ onClose }: { readonly onClose?: () => void }) {
  const { page } = useRoute();
  return (
    <>
      <div className="brand">
        <a href={chatPath()} className="brand-name">
          Footnote<sup aria-hidden="true">1</sup>
        </a>
        {onClose === undefined ? (
          <IconButton icon="sidebar" label="Fold the sidebar" onClick={toggleSidebar} />
        ) : (
          <IconButton icon="close" label="Close" onClick={onClose} />
        )}
      </div>
      <nav className="pages" aria-label="Pages">
        <button
          type="button"
          onClick={() => {
            onClose?.();
            startAnew();
            requestAnimationFrame(() => document.querySelector<HTMLElement>("#question")?.focus());
          }}
        >
          <Icon name="plus" />
          New conversation
        </button>
        {PAGES.map(({ page: name, href, label, icon }) => (
          <a key={href} href={href} aria-current={page === name ? "page" : undefined}>
            <Icon name={icon} />
            {label}
          </a>
        ))}
      </nav>
      <ConversationList />
      <SidebarFoot />
    </>
  );
}
