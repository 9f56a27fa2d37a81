"""Registers (台账): one declaration per kind of record, all the furniture.

    Register(
        code="supervision.inspections",            # room.slug: also the address /supervision/inspections/
        name="执法检查",                            # Chinese name; the workbook's sheet name
        model=EnforcementInspection,               # a ScopedRecord, a Matter or an Activity
        key=("year", "title"),                     # natural key: columns that tell one record from another
        label="title",                             # what a record is called, and what references to it are written as
        date="starts_on",                          # the field that places a record in a year
        columns=[
            Text("title", synonyms=("检查名称", "检查主题"), required=True),   # name, choices, length come from the model field
            Day("starts_on", synonyms=("检查时间",)),
            Ref("lead", to="directory.organs"),    # another register's record, written by its label
            Items("laws", model=InspectedLaw, parent="inspection", text="name", name="涉及法律法规"),
            Milestone("reported", name="报告审议日期"),
        ],
        access=Access("supervision", organs=("lead",)),
        about="本级人大常委会组织的执法检查",         # the empty list says this
    )

Rooms call ``registry.register`` from their AppConfig.ready. ``services.save`` and ``services.void`` are the only writers of register rows;
``loading.load`` reads values back; ``reading.read_rows`` turns raw cells (of a workbook or a form) into values; ``query.Listing`` lists.
"""
