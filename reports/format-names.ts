// Names of the formats, without what renders them. Used by flags, help texts and index.ts.

export const formatNames = ['terminal', 'json', 'junit', 'md', 'csv', 'badge', 'openmetrics', 'html'] as const

export type FormatName = (typeof formatNames)[number]

/** Of a comparison. */
export const comparisonFormatNames = ['terminal', 'html', 'md', 'json', 'csv'] as const

export type ComparisonFormat = (typeof comparisonFormatNames)[number]

/** For `--format`. */
export const formatHelp = `terminal (default), ${formatNames.slice(1).join(', ')}; repeatable, or a,b`
