"""The Plan as people edit it: sections, texts drafted from data, what is missing, where each line comes from."""
