// What a module says about a screen of its own: where it lives, where it stands in the navigation and who may see it.
import type { ComponentType } from 'react';
import type { WorkspacePermission } from '../platform/api/contract-base.ts';

export const NAVIGATION_GROUPS = ['measure', 'attract', 'setup'] as const;
export type NavigationGroup = (typeof NAVIGATION_GROUPS)[number];

export interface PageEntry {
  /** below /w/{workspace}, e.g. `settings/people` */
  path: string;
  /** key of the text in the navigation and the window title */
  title: string;
  /** left out: the screen is reached by a link only */
  group?: NavigationGroup;
  permission: WorkspacePermission;
  /** its page in docs/guide, without the ending: help of the screen */
  guide?: string;
  /** goes there after G: a capital latin letter */
  letter?: string;
  load: () => Promise<{ default: ComponentType }>;
}

export type Texts = Record<string, unknown>;
export type TextLoader = () => Promise<{ default: Texts }>;
