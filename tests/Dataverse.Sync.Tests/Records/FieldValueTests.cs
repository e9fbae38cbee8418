using System.Runtime.CompilerServices;
using CsCheck;

namespace Dataverse.Sync.Tests;

public sealed class FieldValueTests
{
    private static readonly Guid SomeId = new("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");

    public static TheoryData<FieldValueKind, FieldValue> OneOfEachKind => new()
    {
        { FieldValueKind.Blank, FieldValue.Blank },
        { FieldValueKind.Text, FieldValue.Text("Adatum") },
        { FieldValueKind.Boolean, FieldValue.Boolean(false) },
        { FieldValueKind.Integer, FieldValue.Integer(0) },
        { FieldValueKind.Decimal, FieldValue.Decimal(0) },
        { FieldValueKind.Identifier, FieldValue.Identifier(SomeId) },
        { FieldValueKind.Date, FieldValue.Date(DateOnly.MinValue) },
        { FieldValueKind.DateTime, FieldValue.DateTime(DateTimeOffset.MinValue) },
        { FieldValueKind.Reference, FieldValue.Reference(SomeId, "account") },
    };

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void Kind_tells_what_was_made(FieldValueKind kind, FieldValue value)
    {
        value.Kind.Should().Be(kind);
        value.IsBlank.Should().Be(kind == FieldValueKind.Blank);
    }

    [Fact]
    public void Nothing_the_empty_text_and_the_zero_id_are_blank()
    {
        FieldValue[] blanks =
        [
            default,
            FieldValue.Text(null),
            FieldValue.Text(string.Empty),
            FieldValue.Identifier(Guid.Empty),
            FieldValue.Reference(Guid.Empty, "account"),
        ];

        blanks.Should().AllSatisfy(value => value.Should().Be(FieldValue.Blank));
        FieldValue.Blank.AsText().Should().BeEmpty();
        FieldValue.Blank.ToString().Should().BeEmpty();
    }

    [Fact]
    public void Values_come_back_as_they_were_put_in() => Gen.Select(
        Gen.String[1, 20],
        Gen.Long,
        Values.Amounts,
        Gen.Guid,
        Gen.DateOnly,
        Gen.DateTimeOffset)
        .Sample((text, number, amount, id, date, instant) =>
        {
            FieldValue.Text(text).AsText().Should().Be(text);
            FieldValue.Integer(number).AsInteger().Should().Be(number);
            FieldValue.Integer(number).AsDecimal().Should().Be(number);
            decimal.GetBits(FieldValue.Decimal(amount).AsDecimal()).Should().Equal(decimal.GetBits(amount));
            FieldValue.Identifier(id).AsIdentifier().Should().Be(id);
            FieldValue.Reference(id, "contact").AsIdentifier().Should().Be(id);
            FieldValue.Reference(id, "contact").ReferencedTable.Should().Be("contact");
            FieldValue.Date(date).AsDate().Should().Be(date);
            FieldValue.DateTime(instant).AsDateTime().Should().Be(instant).And.HaveOffset(TimeSpan.Zero);
        });

    [Theory]
    [MemberData(nameof(OneOfEachKind))]
    public void Value_of_one_kind_is_not_given_as_another(FieldValueKind kind, FieldValue value)
    {
        (FieldValueKind[] Accepted, Action Read)[] accessors =
        [
            ([FieldValueKind.Text, FieldValueKind.Blank], () => value.AsText()),
            ([FieldValueKind.Boolean], () => value.AsBoolean()),
            ([FieldValueKind.Integer], () => value.AsInteger()),
            ([FieldValueKind.Decimal, FieldValueKind.Integer], () => value.AsDecimal()),
            ([FieldValueKind.Identifier, FieldValueKind.Reference], () => value.AsIdentifier()),
            ([FieldValueKind.Date], () => value.AsDate()),
            ([FieldValueKind.DateTime], () => value.AsDateTime()),
        ];

        foreach (var (accepted, read) in accessors)
        {
            if (accepted.Contains(kind))
            {
                read.Should().NotThrow();
            }
            else
            {
                read.Should().Throw<InvalidOperationException>().WithMessage($"The value is of kind {kind}, not *.");
            }
        }
    }

    [Fact]
    public void Equality_is_an_equivalence_that_agrees_with_hash_codes() => Gen.Select(
        Values.Few,
        Values.Few,
        Values.Few).Sample((a, b, c) =>
    {
#pragma warning disable CS1718 // a value must equal itself
        (a == a).Should().BeTrue();
#pragma warning restore CS1718
        (a == b).Should().Be(b == a).And.Be(!(a != b)).And.Be(a.Equals((object)b));
        (a != b || b != c || a == c).Should().BeTrue();
        (a != b || a.GetHashCode() == b.GetHashCode()).Should().BeTrue();
    });

    [Fact]
    public void Equality_knows_scale_offset_letter_case_kind_and_table()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

        FieldValue.Decimal(10.50m).Should().Be(FieldValue.Decimal(10.5m));
        FieldValue.DateTime(noon).Should().Be(FieldValue.DateTime(noon.ToUniversalTime()));
        FieldValue.Text("a").Should().NotBe(FieldValue.Text("A"));
        FieldValue.Integer(1).Should().NotBe(FieldValue.Decimal(1));
        FieldValue.Integer(1).Should().NotBe(FieldValue.Boolean(true));
        FieldValue.Integer(0).Should().NotBe(FieldValue.Blank);
        FieldValue.Reference(SomeId, "account").Should().NotBe(FieldValue.Reference(SomeId, "contact"));
        FieldValue.Reference(SomeId, "account").Should().NotBe(FieldValue.Identifier(SomeId));
    }

    [Fact]
    public void Text_of_a_value_is_the_same_in_every_culture()
    {
        FieldValue.Boolean(true).ToString().Should().Be("true");
        FieldValue.Integer(-1234).ToString().Should().Be("-1234");
        FieldValue.Decimal(1234.500m).ToString().Should().Be("1234.5");
        FieldValue.Decimal(0.0000000000000000000000000001m).ToString().Should().Be("0.0000000000000000000000000001");
        FieldValue.Decimal(decimal.MinValue).ToString().Should().Be("-79228162514264337593543950335");
        FieldValue.Date(new(2026, 3, 1)).ToString().Should().Be("2026-03-01");
        FieldValue.DateTime(new(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(1))).ToString()
            .Should().Be("2026-03-01T08:30:00Z");
        FieldValue.DateTime(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddTicks(10)).ToString()
            .Should().Be("2026-03-01T09:30:00.000001Z");
        FieldValue.Reference(SomeId, "account").ToString().Should().Be("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");
    }

    [Fact]
    public void Value_takes_32_bytes() => Unsafe.SizeOf<FieldValue>().Should().Be(32);
}
