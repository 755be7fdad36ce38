use super::schema_timestamp;
use expect_test::expect;

#[test]
fn times_of_schemas() {
    let texts = [
        "2024-02-29",
        "2024-02-29T12:30:45.5+01:00",
        "2024-02-29T12:30:45",
        "",
        "2024-02-29t12:30:45Z",
        "2024-02-29T12:30:45z",
        "2024-02-30T12:30:45Z",
    ];
    let lines = texts.map(|text| match schema_timestamp(text) {
        Ok(time) => format!("{text} -> {time}\n"),
        Err(error) => format!("{error}\n"),
    });
    expect![[r#"
        2024-02-29 -> 2024-02-29T00:00:00Z
        2024-02-29T12:30:45.5+01:00 -> 2024-02-29T12:30:45.5+01:00
        2024-02-29T12:30:45 -> 2024-02-29T12:30:45Z
         -> 1970-01-01T00:00:00Z
        Invalid date-time formatted string 2024-02-29t12:30:45Z: parsing time "2024-02-29t12:30:45Z" as "2006-01-02T15:04:05": cannot parse "t12:30:45Z" as "T"
        Invalid date-time formatted string 2024-02-29T12:30:45z: parsing time "2024-02-29T12:30:45z": extra text: "z"
        Invalid date-time formatted string 2024-02-30T12:30:45Z: parsing time "2024-02-30T12:30:45Z": day out of range
    "#]].assert_eq(&lines.concat());
}
