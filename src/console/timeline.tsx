import { clockText, dayText, minuteText } from './clock.ts'
import { percent, type Span, spanOf, ticks } from './scale.ts'
import type { Execution } from './shapes.ts'
import { now } from './store.ts'
import { say } from './words.ts'

const height = 84
const top = 26
const bar = 20

/** Where a tick says the day and where the time. */
const tickText = (span: Span, time: number): string => {
  const text = minuteText(time)
  if (span.to - span.from > 3 * 86_400_000) return text.slice(5, 10)
  if (span.to - span.from < 600_000) return clockText(time)
  return text.endsWith('00:00') ? text.slice(5, 10) : text.slice(11)
}

const x = (span: Span, time: number) => `${percent(span, time)}%`

/** A bar between two times, at least a sliver of it. */
function Bar({ span, from, to, look }: { span: Span; from: number; to: number; look: string }) {
  const [start, end] = [percent(span, from), percent(span, to)]
  if (end <= start) return null
  return <rect class={look} x={`${start}%`} y={top} width={`${Math.max(0.25, end - start)}%`} height={bar} rx="2" />
}

function Life({ span, execution, present }: { span: Span; execution: Execution; present: number }) {
  const { queuedAt, startsAt, endsAt, status } = execution
  const started = Math.min(startsAt, endsAt, present)
  const reached = Math.min(endsAt, present)
  const over = endsAt <= present
  return (
    <g>
      <Bar span={span} from={queuedAt} to={started} look="bar-wait" />
      <Bar span={span} from={started} to={reached} look={`bar-${over ? status : 'RUNNING'}`} />
      {!over && <Bar span={span} from={Math.max(present, started)} to={endsAt} look="bar-left" />}
      {over && status !== 'COMPLETED' && (
        <svg
          class={`bar-end end-${status}`}
          x={x(span, endsAt)}
          y={top + 4}
          width="12"
          height="12"
          viewBox="0 0 12 12"
          overflow="visible"
          aria-hidden="true"
        >
          <path transform="translate(-13 0)" d={status === 'FAILED' ? 'M2 2l8 8M10 2l-8 8' : 'M2 10l8-8'} />
        </svg>
      )}
    </g>
  )
}

interface TimelineProps {
  readonly executions: readonly Execution[]
  readonly firings: readonly number[]
  /** What the clock showed when the executions were read. */
  readonly readAt: number
}

/** Executions on the axis of time, with the present and the next firings. The table beside it says the same. */
export function Timeline({ executions, firings, readAt }: TimelineProps) {
  const present = now.value ?? readAt
  const span = spanOf(executions, firings, present)
  const here = percent(span, present)
  const inside = here > 0 && here < 100
  return (
    <>
      <p class="timeline-span muted">{say('runs.from', { from: minuteText(span.from), to: minuteText(span.to) })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls takes the focus */}
      <section class="scroll timeline" aria-label={say('runs.timeline')} tabIndex={0}>
        <svg width="100%" height={height} aria-hidden="true">
          {ticks(span, 7)
            .filter(time => percent(span, time) > 3 && percent(span, time) < 97)
            .map(time => (
              <g key={time}>
                <line class="tick" x1={x(span, time)} x2={x(span, time)} y1="8" y2={height - 20} />
                <text class="tick-text" x={x(span, time)} y={height - 4} text-anchor="middle">
                  {tickText(span, time)}
                </text>
              </g>
            ))}
          {[...executions].reverse().map(execution => (
            <Life key={execution.jobExecutionId} span={span} execution={execution} present={present} />
          ))}
          {firings
            .filter(time => time > present && time < span.to)
            .map(time => (
              <circle key={time} class="firing" cx={x(span, time)} cy={top + bar / 2} r="5">
                <title>{minuteText(time)}</title>
              </circle>
            ))}
          {inside && (
            <>
              <line class="now" x1={`${here}%`} x2={`${here}%`} y1="4" y2={height - 18} />
              <text
                class="now-text"
                x={`${here}%`}
                dx={here > 80 ? -5 : 5}
                y="12"
                text-anchor={here > 80 ? 'end' : 'start'}
              >
                {say('runs.now', { time: clockText(present) })}
              </text>
            </>
          )}
        </svg>
      </section>
      {firings.length > 0 && (
        <p class="unseen">
          {say('runs.next')}: {firings.map(minuteText).join(', ')} ({dayText(present)})
        </p>
      )}
    </>
  )
}
