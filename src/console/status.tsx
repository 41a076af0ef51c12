import { Icon, type IconName } from './icons.tsx'
import type { ExecutionStatus, JobStatus } from './shapes.ts'
import { say } from './words.ts'

/** The colour and the shape of a status; both tell the same. */
const looks: Readonly<Record<JobStatus | ExecutionStatus, { tone: string; icon: IconName }>> = {
  RUNNABLE: { tone: 'ok', icon: 'ok' },
  RUNNING: { tone: 'busy', icon: 'busy' },
  DELETED: { tone: 'stop', icon: 'stop' },
  UNKNOWN: { tone: 'wait', icon: 'other' },
  DRAFT: { tone: 'wait', icon: 'edit' },
  EDITING: { tone: 'wait', icon: 'edit' },
  STOPPED: { tone: 'stop', icon: 'stop' },
  READY: { tone: 'wait', icon: 'wait' },
  COMPLETED: { tone: 'ok', icon: 'ok' },
  FAILED: { tone: 'fail', icon: 'fail' },
  CANCELED: { tone: 'stop', icon: 'stop' },
}

/** A status of a job or of an execution; the word of the API is its tooltip. */
export function Status({ of: word }: { of: JobStatus | ExecutionStatus | undefined }) {
  if (word === undefined) {
    return (
      <span class="status muted">
        <Icon name="never" />
        {say('status.never')}
      </span>
    )
  }
  const { tone, icon } = looks[word]
  return (
    <span class={`status is-${tone}`} title={word}>
      <Icon name={icon} />
      <span class="status-word">{say(`status.${word}`)}</span>
    </span>
  )
}
