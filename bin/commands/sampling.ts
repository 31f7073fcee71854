// The flags that say how the server's machine is watched, the same for load and capacity.
import type { Command } from 'commander'
import { optionOf } from '../choices.ts'

export function sampleFlags(command: Command): Command {
  return command
    .optionsGroup("Watching the server's machine:")
    .option('--sample <SOURCE>', 'ssh:USER@HOST, local:PID[,PID], or the URL of a node_exporter')
    .option('--sample-command <COMMAND>', 'prints a line of JSON a second (docs/capacity.md)')
    .addOption(optionOf('--board <KIND>', 'pi: tell of a Raspberry Pi itself, too; wants --sample ssh:', ['pi']))
}
