import { Store } from "../state/store.ts";

/** Whether the sidebar lies over the page, where it has no room beside it. */
export const sidebarOpen = new Store(false);

export const openSidebar = (): void => sidebarOpen.set(true);
export const closeSidebar = (): void => sidebarOpen.set(false);
