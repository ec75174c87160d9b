export { findWidgetKey, type WidgetKey } from './key.ts';
export { widgetProfileRoutes } from './profile/routes.ts';
export {
  type SeatlessViewer,
  seatlessViewer,
  type WidgetCall,
  type WidgetViewer,
  widgetRoute,
  widgetViewer,
} from './viewer.ts';
