using System.Collections.Frozen;
using Dataverse.Sync.Shared;

using static Dataverse.Sync.RecordFilter;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class FilterTranslatorTests
{
    private static readonly FieldValue Blank = FieldValue.Blank;
    private static readonly Guid Id = new("00000000-0000-4000-8000-00000000000c");

    /// <summary>Filters, and what may be said of them to a service that finds more texts equal than we do and to which a blank fails every comparison.</summary>
    public static TheoryData<string, RecordFilter, string?> Filters => new()
    {
        { "text", Equal("name", FieldValue.Text("O'Brien")), "name eq 'O''Brien'" },
        { "other text", NotEqual("name", FieldValue.Text("x")), null },
        { "not other text", NotEqual("name", FieldValue.Text("x")).Not(), "name eq 'x'" },
        { "text order", Compare("name", ComparisonOperator.Less, FieldValue.Text("x")), null },
        { "text part", Compare("name", ComparisonOperator.Contains, FieldValue.Text("100%_[a]")), "contains(name,'100[%][_][[]a]')" },
        { "text start", Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("a'b")), "startswith(name,'a''b')" },
        { "pattern with an open end", Like("name", "a'%*b*"), "startswith(name,'a''[%]%b')" },
        { "pattern with an open start", Like("name", "*a?b"), "endswith(name,'a%b')" },
        { "pattern with open ends", Like("name", "*a*[*]*"), "contains(name,'a%*')" },
        { "pattern without open ends", Like("name", "a*b"), "startswith(name,'a%b')" },
        { "pattern of any text", Like("name", "*"), null },
        { "pattern of one character", Like("name", "?"), null },
        { "pattern without accents", Like("name", "a*b", ignoresAccents: true), null },
        { "no pattern", Like("name", "a*b").Not(), null },
        { "pattern of another type", Like("creditlimit", "1?"), null },
        { "no text start", Compare("name", ComparisonOperator.StartsWith, FieldValue.Text("a")).Not(), null },
        { "unsendable text", Equal("name", FieldValue.Text("a\0b")), null },
        { "blank", IsBlank("name"), "name eq null" },
        { "not blank", IsNotBlank("name"), "name ne null" },
        { "not not blank", IsNotBlank("name").Not(), "name eq null" },
        { "choice", Equal("customertypecode", FieldValue.Integer(3)), "customertypecode eq 3" },
        { "other choice", NotEqual("customertypecode", FieldValue.Integer(3)), "(customertypecode ne 3 or customertypecode eq null)" },
        { "choice by text", Equal("customertypecode", FieldValue.Text("Customer")), null },
        { "amount", Compare("creditlimit", ComparisonOperator.GreaterOrEqual, FieldValue.Decimal(10.50m)), "creditlimit ge 10.5" },
        { "not amount", Compare("creditlimit", ComparisonOperator.GreaterOrEqual, FieldValue.Integer(10)).Not(), "(creditlimit lt 10 or creditlimit eq null)" },
        { "boolean", Equal("donotphone", FieldValue.Boolean(true)), "donotphone eq true" },
        { "boolean order", Compare("donotphone", ComparisonOperator.Less, FieldValue.Boolean(true)), null },
        { "instant", Compare("modifiedon", ComparisonOperator.Greater, FieldValue.DateTime(new DateTimeOffset(2026, 8, 17, 12, 0, 0, TimeSpan.FromHours(2)))), "modifiedon gt 2026-08-17T10:00:00Z" },
        { "reference", Equal("parentcustomerid", FieldValue.Reference(Id, "account")), $"_parentcustomerid_value eq {Id:D}" },
        { "reference to a table", RefersTo("parentcustomerid", "account"), "_parentcustomerid_value ne null" },
        { "no reference to a table", RefersTo("parentcustomerid", "account").Not(), null },
        { "unknown field", Equal("x", Blank), null },
        { "all", All(Equal("name", FieldValue.Text("a")), NotEqual("name", FieldValue.Text("b")), IsBlank("creditlimit")), "(name eq 'a' and creditlimit eq null)" },
        { "any", Any(Equal("name", FieldValue.Text("a")), IsBlank("creditlimit")), "(name eq 'a' or creditlimit eq null)" },
        { "any with the unsayable", Any(Equal("name", FieldValue.Text("a")), NotEqual("name", FieldValue.Text("b"))), null },
        { "not any", Any(IsBlank("name"), IsBlank("creditlimit")).Not(), "(name ne null and creditlimit ne null)" },
        { "not all", All(IsBlank("name"), IsBlank("creditlimit")).Not(), "(name ne null or creditlimit ne null)" },
        { "all of none", All(), null },
        { "any of none", Any(), null },
        { "too long", Equal("name", FieldValue.Text(new string('x', 10_000))), null },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Translate_says_what_is_safe_to_say(string name, RecordFilter filter, string? expected) =>
        new FilterTranslator(Table()).Translate(filter).Should().Be(expected, name);

    private static TableDefinition Table() => new()
    {
        Schema = new TableSchema { Name = "account", Fields = [], KeyField = "accountid" },
        Columns = new Column[]
        {
            new("name", FieldType.Text, []),
            new("customertypecode", FieldType.Choice, []),
            new("creditlimit", FieldType.Decimal, []),
            new("donotphone", FieldType.Boolean, []),
            new("modifiedon", FieldType.DateTime, []),
            new("parentcustomerid", FieldType.Reference, []),
        }.ToFrozenDictionary(column => column.Name),
        EntitySetName = "accounts",
        TracksChanges = false,
        ChecksVersions = true,
    };
}
