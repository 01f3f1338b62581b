use super::*;

/// Line, then what is read: weekday, year-month-day with `?` for what is missing, `..` last; and the rest.
fn check(line: &str, expect: &str) {
    let shown = scan(line).map_or_else(
        || "nothing".to_owned(),
        |w| {
            let part = |p: Parts| {
                let show = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
                format!("{}-{}-{}", p.year.map_or("?".to_owned(), |y| y.to_string()), show(p.month), show(p.day))
            };
            let weekday = w.weekday.map_or(String::new(), |day| format!("{day} "));
            let last = w.last.map_or(String::new(), |last| format!("..{}", part(last)));
            let feast = if w.feast.is_some() && w.first.day.is_none() { "feast" } else { "" };
            let mended = if w.repaired { "!" } else { "" };
            format!("{weekday}{}{last}{feast}{mended}", part(w.first))
        },
    );
    assert_eq!(shown, expect, "{line}");
}

#[test]
fn headings() {
    for (line, expect) in [
        ("Friday December 19 2003", "Fri 2003-12-19"),
        ("Wednesday Jan 8 2003", "Wed 2003-1-8"),
        ("Saturday Morning, 6 o'clock, January 5th.", "Sat ?-1-5"),
        ("Saturday, 6.30 p.m., 5 January 1861", "Sat 1861-1-5"),
        ("Easter Sunday, 3 P.M.", "Sun ?-?-?feast"),
        ("--- Day changed Tue Mar 02 2004", "Tue 2004-3-2"),
        ("@ 2004-05-03 22:10:00", "2004-5-3"),
        ("@ 3 pounds a week", "nothing"),
        ("[_[7]Sunday, 4th._]", "Sun ?-?-4"),
        ("On Sunday the 1st instant, when", "nothing"),
        ("Gen., 21, 24, 26, 29", "nothing"),
        ("17 de març de 2003", "2003-3-17"),
        ("2003 m. sausio 2 d.", "2003-1-2"),
        ("2003. gada 17. marts", "2003-3-17"),
        ("1 _mo_. 7.--I called on", "?-1-7"),
        ("6 _mo._ 23.--I left home", "?-6-23"),
        ("3 Meán Fómhair 2003", "2003-9-3"),
        ("Dé Sathairn 18 Eanáir 2003", "Sat 2003-1-18"),
        ("vendredo, la 3-a de Januaro 2003", "Fri 2003-1-3"),
        ("2003 թ. հունվարի 3", "2003-1-3"),
        ("2003 ж. 5 қаңтар", "2003-1-5"),
        ("2003ko urtarrilaren 3a", "2003-1-3"),
        ("วันเสาร์ที่ 4 มกราคม พ.ศ. 2546", "Sat 2003-1-4"),
        ("الجمعة، 3 يناير 2003", "Fri 2003-1-3"),
        ("سه‌شنبه 14 ژانویه 2003", "Tue 2003-1-14"),
        ("пʼятниця, 7 лютого 2003 р.", "Fri 2003-2-7"),
        ("3 मई 2003", "2003-5-3"),
        ("2003年2月24日月曜日", "Mon 2003-2-24"),
        ("Die Mercurii, 8 Ianuarii 1652", "Wed 1652-1-8"),
        ("Friday [Saturday] 2nd Feby 1822", "Sat 1822-2-2"),
        ("SATURDAY and SUNDAY, _May 29, 1915_, and _May 30, 1915_", "Sat 1915-5-29..1915-5-30"),
        ("Remarks on board Friday the 5th of June 1778", "Fri 1778-6-5"),
        ("1.1.2. 2024-01-17 Wednesday", "Wed 2024-1-17"),
        ("1.1. 2024-01 January", "2024-1-?"),
        ("Work log for 2025-01-14: Changed the name", "2025-1-14"),
        ("Friday, 2Oth August", "Fri ?-8-20!"),
        ("April l3th, 1843", "1843-4-13!"),
        ("y^e 4th of May 1692", "1692-5-4"),
        ("4 · April · 2018", "2018-4-4"),
        ("2018_04_04", "2018-4-4"),
        ("Night of 4 April 1998", "1998-4-4"),
        ("00 May 2004", "2004-5-0"),
        ("Il 3 maggio", "?-5-3"),
        ("5-Jan-13 22:15", "2013-1-5"),
        ("5 / 1 / 13", "2013-1-5"),
        ("21:15 Saturday 5 January 2013", "Sat 2013-1-5"),
        ("21st.--I. N. has not called", "?-?-21"),
        ("22 IV, czwartek", "Thu ?-4-22"),
        ("Friday, 1 August 2003", "Fri 2003-8-1"),
        ("Saturday, January 03, 2004", "Sat 2004-1-3"),
        ("7 Apr 2004  »", "2004-4-7"),
        ("5th Feb 2012", "2012-2-5"),
        ("WEDNESDAY 18th MAY 1938", "Wed 1938-5-18"),
        ("GOOD FRIDAY, 10th APRIL", "Fri ?-4-10"),
        ("APRIL 8TH, 1861. BURLINGTON, NEW JERSEY.--", "1861-4-8"),
        ("FEBRUARY 1, 1659-60.", "1660-2-1"),
        ("*** 2017-02-06 Monday", "Mon 2017-2-6"),
        ("[2020-08-29 11:11] Title", "2020-8-29"),
        ("[09.06.2013 15:39]", "2013-6-9"),
        ("Sonntag, 20. Mai 1900", "Sun 1900-5-20"),
        ("Mardi 8 octobre", "Tue ?-10-8"),
        ("Jueves 6 de Enero", "Thu ?-1-6"),
        ("APRIL 9TH.--", "?-4-9"),
        ("_November_ 21.--I am enamoured", "?-11-21"),
        ("July 3rd", "?-7-3"),
        ("_Jany_. 2[5?].--One work", "?-1-25!"),
        ("2nd", "?-?-2"),
        ("2d. Up early", "?-?-2"),
        ("3rd (Lord's day)", "Sun ?-?-3"),
        ("26th (Lord’s-day). At home", "Sun ?-?-26"),
        ("Monday, 8th.", "Mon ?-?-8"),
        ("November 27 to December 1st", "?-11-27..?-12-1"),
        ("APRIL 10TH AND 11TH", "?-4-10..?-4-11"),
        ("FEBRUARY 8-20TH", "?-2-8..?-2-20"),
        ("_March 29, 30._--", "?-3-29..?-3-30"),
        ("December 20-21, 1804", "1804-12-20..1804-12-21"),
        ("August 21—August 24", "?-8-21..?-8-24"),
        ("_January_ 31 _[to February_ 9, _Edinburgh_].--", "?-1-31..?-2-9"),
        ("_February_ 23, 24, 25.--These three", "?-2-23..?-2-25"),
        ("_May_ 23, 24, _and_ 25.--Worked", "?-5-23..?-5-25"),
        ("_January_ 7, _Sunday_.--Knight", "Sun ?-1-7"),
        ("[_January_ 16-23].--I think", "?-1-16..?-1-23"),
        ("_July_ I, _[Edinburgh]._--Got", "?-7-1!"),
        ("30h APRIL", "?-4-30!"),
        ("30th 0CTOBER", "?-10-30!"),
        ("JULY 1071", "1071-7-?"),
        ("2003-13-45", "2003-13-45"),
        ("May 3, 10000000000", "0-5-3"),
        ("Xmas Day", "?-?-?feast"),
        ("Mitte Mai.", "?-5-?"),
        ("January 1659–60", "1660-1-?"),
        ("1903", "1903-?-?"),
        ("3d November, 1633. This year", "1633-11-3"),
        ("Monday 21 May : Dunns Swamp Rest Day", "Mon ?-5-21"),
        ("Jan. 1st (Lord’s day). This morning", "Sun ?-1-1"),
        ("17 марта 1847. Вот уже", "1847-3-17"),
        ("12/19/2003", "2003-12-19"),
        ("Domingo, 3 de mayo de 1936", "Sun 1936-5-3"),
        ("Lunedì 4 Agosto", "Mon ?-8-4"),
        ("Dydd Mawrth, 3 Ebrill 1900", "Tue 1900-4-3"),
        ("Mawrth 3", "?-3-3"),
        ("Le 5 août 1850.", "1850-8-5"),
        ("19 Dec 03", "2003-12-19"),
        ("Septmber 4, 1944", "1944-9-4!"),
        ("02-Jan-1893", "1893-1-2"),
        ("Jan-02-1931", "1931-1-2"),
        ("2. XII. 1931", "1931-12-2"),
        ("3. I went to town in 1931", "?-?-3"),
        ("Mon Jan 2 22:31:05 EST 1893", "Mon 1893-1-2"),
        ("Day 12: Monday 2 January 1893", "Mon 1893-1-2"),
        ("Entry 12, 19 December 2003", "2003-12-19"),
        ("Day 12", "nothing"),
        ("January ye 3d 1704/5", "1705-1-3"),
        ("Torsdagen den 3 januari 1788", "Thu 1788-1-3"),
        ("Novem. 9, 1861", "1861-11-9"),
        ("10:30 Rain", "nothing"),
        ("2 Jan '31", "1931-1-2"),
        ("Wensday, 5 May", "Wed ?-5-5!"),
        ("Sat. & Sun. 4th & 5th May 1955", "Sat 1955-5-4..1955-5-5"),
        ("31 August - 1 September 1955", "1955-8-31..1955-9-1"),
        ("Monday 29 May to Friday 2 June", "Mon ?-5-29..?-6-2"),
        ("Miércoles, 3-XI-37", "Wed 1937-11-3"),
        ("Ce 3 mars 1793. Surtout", "1793-3-3"),
        ("Lauantaina 5 p. joulukuuta", "Sat ?-12-5"),
        ("יום שני, 5 בדצמבר 1931", "Mon 1931-12-5"),
        ("23d ditto. December 2nd cannot come too soon", "?-?-23"),
        ("7 S  April is the cruellest month", "?-?-7"),
        ("3rd--Maj.-Gen. D. Sickles", "?-?-3"),
        ("5 iii 71  Rain", "1971-3-5"),
        ("050314: Rain", "2005-3-14"),
        ("051314: Rain", "nothing"),
        ("2011-W09-6", "2011-3-5"),
        ("Le 22 Novembre 18--.", "?-11-22"),
        ("A 4 días del mes de febrero de 1779 años. Llovió", "1779-2-4"),
        ("I went to town", "nothing"),
        ("3 eggs for breakfast", "?-?-3"),
        ("Nothing of note.", "nothing"),
        ("", "nothing"),
        ("-rw-r--r-- 1 rusty Feb 20 2002", "nothing"),
    ] {
        check(line, expect);
    }
}

#[test]
fn a_date_is_found_inside_a_line() {
    let line = "John Carmack's .plan for Feb 18, 1996";
    assert_eq!(scan_within(line).map(|w| w.first), Some(Parts::ymd(1996, 2, 18)));
    assert_eq!(scan_within("Korean Diary for Feb 21st-27th"), None);
}

proptest::proptest! {
    #[test]
    fn never_fails_and_stays_inside(line in "\\PC{0,60}|[0-9 .,/_()年月日 a-z]{0,40}") {
        for written in [scan(&line), scan_within(&line)].into_iter().flatten() {
            proptest::prop_assert!(line.get(written.span.start..written.span.end).is_some());
        }
    }
}

#[test]
fn weekdays_in_time_stamps_are_read_and_spoken_ones_are_not() {
    for (line, expect) in [
        ("[2014-01-17 Mon 18:15] Walk", "Mon 2014-1-17"),
        ("2014-01-17 Fri 18:15", "Fri 2014-1-17"),
        ("Septr 11th. “Wednesday,” she said", "?-9-11"),
        ("11 September. \"Wednesday\" is a story.", "?-9-11"),
    ] {
        check(line, expect);
    }
}

#[test]
fn months_are_cut_as_they_were_in_old_hands() {
    for (line, expect) in [
        ("Janry 3rd 1730/1", "1731-1-3"),
        ("Febry 9th.", "?-2-9"),
        ("Novber 4th.", "?-11-4"),
        ("Decber 25th.", "?-12-25"),
    ] {
        check(line, expect);
    }
}

#[test]
fn days_in_both_calendars_may_be_of_two_months() {
    for (line, expect) in [
        ("May 3/15, 1890", "1890-5-15"),
        ("Oct. 26/Nov. 5, 1698.", "1698-11-5"),
        ("26 Oct./5 Nov. 1698", "1698-11-5"),
        ("Mar. 25/Apr. 4, 1699", "1699-4-4"),
        ("Dec. 26/Jan. 5, 1698", "1699-1-5"),
        ("Dec. 26/Jan. 5, 1698/9", "1699-1-5"),
        ("Mar. 25-Apr. 4, 1999", "1999-3-25..1999-4-4"),
        ("mar. 3 juin", "Tue ?-6-3"),
    ] {
        check(line, expect);
    }
}

#[test]
fn weekdays_stand_in_other_cases_and_cut_anywhere() {
    for (line, expect) in [
        ("Montags, den 2ten.", "Mon ?-?-2"),
        ("Donnerstags, den 12ten May", "Thu ?-5-12"),
        ("Sonnabends den 21sten Junius 1795", "Sat 1795-6-21"),
        ("Freytag, den 3. April", "Fri ?-4-3"),
        ("Satu. 24/7/43", "Sat 1943-7-24"),
        ("Martedì, li 5 marzo 1839", "Tue 1839-3-5"),
        ("10-го июля, пятница.", "Fri ?-7-10"),
        ("di 20", "Tue ?-?-20"),
        ("do 20 miles", "?-?-20"),
    ] {
        check(line, expect);
    }
}

#[test]
fn a_word_that_is_month_and_weekday_is_told_by_its_place() {
    for (line, expect) in [
        ("4 Mawrth 1873, Dydd Mawrth", "Tue 1873-3-4"),
        ("Mawrth 4, Dydd Mawrth", "Tue ?-3-4"),
        ("Dydd Mawrth, 4", "Tue ?-?-4"),
        ("Dydd Mawrth, 4ydd o Fawrth 1873", "Tue 1873-3-4"),
        ("22 (mar.)", "Tue ?-?-22"),
        ("16 июля (пт.)", "Fri ?-7-16"),
        ("28th (to, as I thought, the river)", "?-?-28"),
        ("Mar. 1.4.1873", "Tue 1873-4-1"),
        ("Mar. 8.IV.1873", "Tue 1873-4-8"),
        ("Mar. 1900-03-13", "Tue 1900-3-13"),
        ("Mar. 17-4-35", "Tue 1935-4-17"),
        ("March 20-21, 1804", "1804-3-20..1804-3-21"),
    ] {
        check(line, expect);
    }
}

#[test]
fn weekdays_stand_before_and_behind_every_form() {
    for (line, expect) in [
        ("Sunday, 04-Mar-1900", "Sun 1900-3-4"),
        ("4.III.1873 Dienstag", "Tue 1873-3-4"),
        ("4.iii.35 Monday", "Mon 1935-3-4"),
        ("4 mar. 1873 martedì", "Tue 1873-3-4"),
        ("März den 4. 1700 Donnerstag", "Thu 1700-3-4"),
        ("March fourth Tuesday", "Tue ?-3-4"),
        ("Thursday. 7 Apr: 1680", "Thu 1680-4-7"),
        ("Mardi ce 4 mars", "Tue ?-3-4"),
        ("Martes a 4 de marzo", "Tue ?-3-4"),
        ("Friday a 12 mile walk", "nothing"),
        ("Martedì addì 4 marzo 1873", "Tue 1873-3-4"),
        ("Terça-feira, dia 4", "Tue ?-?-4"),
        ("Día 4, martes", "Tue ?-?-4"),
    ] {
        check(line, expect);
    }
}

#[test]
fn months_in_roman_figures_close_a_date_without_a_year() {
    for (line, expect) in [
        ("4.iii", "?-3-4"),
        ("Dienstag, 4. III.", "Tue ?-3-4"),
        ("4. III. (Di.)", "Tue ?-3-4"),
        ("27. XII. Wir kamen an", "?-12-27"),
        ("3. v. Hugo came", "?-?-3"),
    ] {
        check(line, expect);
    }
}

#[test]
fn ordinals_of_the_north_and_west() {
    for (line, expect) in [
        ("Tisdagen den 4:e mars", "Tue ?-3-4"),
        ("Den 1:a mars 1873", "1873-3-1"),
        ("Den 4den, dinsdag", "Tue ?-?-4"),
        ("Ebrill 2ail, 1873", "1873-4-2"),
        ("Mai 5ed, 1873", "1873-5-5"),
    ] {
        check(line, expect);
    }
}

#[test]
fn the_number_of_an_entry_is_no_day() {
    for (line, expect) in [
        ("12. Monday, 3 March", "Mon ?-3-3"),
        ("12. 3rd March", "?-3-3"),
        ("131. 3. Januar 1871", "1871-1-3"),
        ("12) March 3, 1871", "1871-3-3"),
        ("12. March 3", "?-3-3"),
        ("3. Mai 12 Uhr", "?-5-3"),
        ("3. Mai 1871", "1871-5-3"),
        ("3. Mai, Sonntag", "Sun ?-5-3"),
        ("12. Monday. 3 men came", "Mon ?-?-12"),
        ("3. 4. 1871", "1871-4-3"),
        ("2001. 5. 3. (목)", "Thu 2001-5-3"),
        ("4. January 10, 1755, Friday", "Fri 1755-1-10"),
        ("12. Juni 25", "2025-6-12"),
    ] {
        check(line, expect);
    }
}
