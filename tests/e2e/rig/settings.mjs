// User settings that make the workbench quiet, quick and always laid out the same.
export const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'task.autoDetect': 'off',
  'telemetry.feedback.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.restoreWindows': 'none',
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

const LAYOUT = {
  'breadcrumbs.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'problems.defaultViewMode': 'tree',
  'window.autoDetectColorScheme': false,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'workbench.colorTheme': THEMES.dark,
  'workbench.editor.enablePreview': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const QUICK = {
  'editor.accessibilitySupport': 'off',
  'editor.hover.delay': 100,
  'editor.lightbulb.enabled': 'on',
  'editor.quickSuggestionsDelay': 10,
  'files.autoSave': 'off',
  'terminal.integrated.enablePersistentSessions': false,
  'workbench.hover.delay': 100,
};

export const DEMO_SETTINGS = {
  ...QUIET,
  'editor.minimap.enabled': false,
  'window.autoDetectColorScheme': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};
export const TEST_SETTINGS = { ...QUIET, ...LAYOUT, ...QUICK };
