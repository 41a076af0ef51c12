import { render } from 'preact'
import { Frame } from './frame.tsx'
import { Link } from './link.tsx'
import { startLive } from './live.ts'
import { Page } from './page.tsx'
import { JobPage } from './pages/job.tsx'
import { JobsPage } from './pages/jobs.tsx'
import { route, to } from './store.ts'
import { say } from './words.ts'

const NoPage = () => (
  <Page title={say('app.notFound')}>
    <Link href={to('jobs')}>{say('app.toJobs')}</Link>
  </Page>
)

function Shown() {
  const { page, id } = route.value
  switch (page) {
    case 'jobs':
      return id === undefined ? <JobsPage /> : <JobPage key={id} jobId={id} />
    default:
      return <NoPage />
  }
}

const place = document.getElementById('console')
if (place) {
  render(
    <Frame>
      <Shown />
    </Frame>,
    place,
  )
  startLive()
}
