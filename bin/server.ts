// The reference server as a library: a chatmail relay for the test suites of other programs.
export { type Behaviour, conforming, type DeepPartial, merge } from '../reference-server/behaviour/index.ts'
export { type DefectId, defects } from '../reference-server/defects/index.ts'
export { type Reference, type ReferenceOptions, startReference } from '../reference-server/index.ts'
export { type PresetId, presets } from '../reference-server/presets/index.ts'
