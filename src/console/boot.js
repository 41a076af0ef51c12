// Sets theme and language before anything is painted.
const saved = name => {
  try {
    return localStorage.getItem(`emulator-console-${name}`)
  } catch {
    return null
  }
}
const theme = saved('theme')
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
const language = saved('lang')
if (language === 'en' || language === 'ko') document.documentElement.lang = language
