"""The shared export layer: an app declares blocks, one writer per format turns them into a document.

It knows nothing of organisations, plans or maps. See `blocks` for what can be declared and `base` for how a document is
registered and rendered.
"""
