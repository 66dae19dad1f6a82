"""The only place that knows Streamlit's widgets: the page's frame, its state in the address, cards and their sources."""
