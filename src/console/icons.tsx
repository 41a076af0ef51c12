/** Paths on a grid of 16, drawn with a line of 1.5. */
const paths = {
  jobs: 'M2 3.5h9v3H2zM2 9.5h6v3H2zM11 9.5h3',
  workflows:
    'M5.5 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM14.5 4a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM14.5 12a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM5.3 7.2l5.3-2.4M5.3 8.8l5.3 2.4',
  triggers: 'M13.5 9a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM8 6v3l2 1M6.5 1.5h3M8 1.5v2',
  requests: 'M2 5h11M10.5 2.5L13 5l-2.5 2.5M14 11H3M5.5 8.5L3 11l2.5 2.5',
  signer: 'M7 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM7 8h7v2.5M11 8v2',
  control: 'M2 5h6M12 5h2M2 11h2M8 11h6M12 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM8 11a2 2 0 1 1-4 0 2 2 0 0 1 4 0z',
  about: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.5v3.5M8 5v.2',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  freeze: 'M8 2v12M2.8 5l10.4 6M13.2 5L2.8 11',
  play: 'M5.5 4.5v7l5.5-3.5z',
  search: 'M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM10 10l3.5 3.5',
  ok: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.3 8.2l2 2 3.5-4',
  busy: 'M9.5 2.2A6 6 0 1 0 14 8.5M6.8 5.8v4.4L10.2 8z',
  wait: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 5v3.2l2 1',
  fail: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM6 6l4 4M10 6l-4 4',
  stop: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM4 12l8-8',
  edit: 'M3 13l.7-2.7L11 3l2 2-7.3 7.3zM9.5 4.5l2 2',
  never: 'M5 8h6',
  other: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6.3 6.3a1.7 1.7 0 1 1 2.4 1.6c-.5.2-.7.5-.7 1.1M8 11v.1',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name, class: extra = '' }: { name: IconName; class?: string }) => (
  <svg class={`icon icon-${name} ${extra}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
