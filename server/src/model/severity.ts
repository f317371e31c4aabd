/** How severe a rule can be set to be, the gravest first; `off` silences it. */
export const severitySettings = ['error', 'warning', 'information', 'hint', 'off'] as const;

export type SeveritySetting = (typeof severitySettings)[number];
