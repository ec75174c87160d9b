export { widgetProfileRoutes } from './profile/routes.ts';
export { widgetRoutes } from './routes.ts';
export { closeWidgetSessions } from './session.ts';
export {
  type SeatlessViewer,
  seatlessViewer,
  type WidgetCall,
  type WidgetViewer,
  widgetRoute,
  widgetViewer,
} from './viewer.ts';
