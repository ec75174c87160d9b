-- New rows of a full-text index wait in a list that whoever fills it up empties, all at once, and that every search reads from end to
-- end. At 4 MB, as it comes, a batch in a hundred waited 100 ms for that.
alter index match_document_search set (gin_pending_list_limit = 256);
alter index candidate_search set (gin_pending_list_limit = 256);
