/** The parts of Plotly that the figures need, in a chunk of their own. */
import bar from 'plotly.js/lib/bar';
import contour from 'plotly.js/lib/contour';
import Plotly from 'plotly.js/lib/core'; // contains scatter
import heatmap from 'plotly.js/lib/heatmap';

Plotly.register([contour, heatmap, bar]);

export default Plotly;
