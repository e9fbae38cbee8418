using System.Globalization;
using CsCheck;

namespace Dataverse.Sync.Tests.Shapes;

public sealed class TypedShapeTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");

    private static readonly Gen<Rating> Ratings = Gen.OneOf(Gen.Const(Rating.None), Gen.Const(Rating.Good), Gen.Const(Rating.Poor));

    private static readonly Gen<Everything> AnyObject =
        from texts in Gen.Select(Gen.String.Select(text => text.Length == 0 ? null : text), Gen.String)
        from flags in Gen.Select(Gen.Bool, Gen.Bool.Nullable())
        from whole in Gen.Select(Gen.Byte, Gen.Short, Gen.Int, Gen.Long.Nullable())
        from amounts in Gen.Select(Values.Amounts, Values.Amounts.Nullable())
        from ids in Gen.Select(Gen.Guid, Gen.Guid.Nullable())
        from dates in Gen.Select(Gen.DateOnly, Gen.DateOnly.Where(date => date != default).Nullable())
        from times in Gen.Select(
            Gen.DateTimeOffset, Gen.DateTime.Where(time => time.Ticks > 0).Select(time => DateTime.SpecifyKind(time, DateTimeKind.Utc)).Nullable())
        from ratings in Gen.Select(Ratings, Ratings.Nullable())
        from raw in Values.Any
        select new Everything
        {
            Id = Id,
            Text = texts.Item1,
            RequiredText = texts.Item2,
            Flag = flags.Item1,
            OptionalFlag = flags.Item2,
            Byte = whole.Item1,
            Short = whole.Item2,
            Number = whole.Item3,
            Long = whole.Item4,
            Amount = amounts.Item1,
            OptionalAmount = amounts.Item2,
            Identifier = ids.Item1,
            OwnerId = ids.Item2,
            Date = dates.Item1,
            OptionalDate = dates.Item2,
            Instant = times.Item1,
            OptionalTime = times.Item2,
            Rating = ratings.Item1,
            OptionalRating = ratings.Item2,
            Raw = raw,
        };

    public static TheoryData<string> Conventions => ["BusinessCentral", "Dataverse", "AsWritten"];

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Object_that_becomes_fields_and_an_object_again_is_the_same(string convention)
    {
        var shape = TypedShape.Of<Everything>(ConventionOf(convention));

        AnyObject.Sample(item => shape.Read(RecordOf(shape, item)).Should().Be(item), iter: 500);
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Empty_record_becomes_an_object_that_becomes_no_text_and_no_id(string convention)
    {
        var shape = TypedShape.Of<Everything>(ConventionOf(convention));

        var item = shape.Read(new(shape.Layout, Id, new FieldValue[shape.Names.Count]));

        item.Should().Be(new Everything { Id = Id });
        shape.Write(item).Where(write => !write.Value.IsBlank).Select(write => write.Value.Kind).Distinct()
            .Except([FieldValueKind.Boolean, FieldValueKind.Integer, FieldValueKind.Decimal])
            .Should().BeEquivalentTo(convention == "BusinessCentral" ? [FieldValueKind.Text] : (FieldValueKind[])[]);
    }

    [Fact]
    public void Names_come_from_the_convention_unless_an_attribute_or_a_call_says_otherwise()
    {
        TypedShape.Of<Everything>(FieldConvention.BusinessCentral).Names.Should().StartWith(["text", "requiredText", "flag", "optionalFlag"])
            .And.Contain("owner").And.NotContain(["id", "ignored"]);
        TypedShape.Of<Everything>(FieldConvention.Dataverse).Names.Should().Contain("optionalamount");
        TypedShape.Of<Everything>(FieldConvention.Dataverse, shape => shape.Field(item => item.OwnerId, "ownerid")).Names.Should().Equal("ownerid");
        TypedShape.Of<Everything>(FieldConvention.Dataverse).Table.Should().Be("everything");
    }

    [Fact]
    public void Enumeration_is_a_number_for_Dataverse_and_a_name_for_Business_Central()
    {
        var item = new Everything { Rating = Rating.None, OptionalRating = Rating.Good };

        ValueOf(item, FieldConvention.Dataverse, "rating").Should().Be(FieldValue.Integer(0));
        ValueOf(item, FieldConvention.Dataverse, "optionalrating").Should().Be(FieldValue.Integer(100_000_001));
        ValueOf(item, FieldConvention.BusinessCentral, "rating").Should().Be(FieldValue.Text("Not Rated"));
        ValueOf(item, FieldConvention.BusinessCentral, "optionalRating").Should().Be(FieldValue.Text("Good"));
    }

    [Theory]
    [InlineData("good")]
    [InlineData("Good")]
    [InlineData("G_ood")]
    public void Name_of_an_enumeration_is_read_without_regard_to_case_and_punctuation(string name) =>
        Single("rating", FieldValue.Text(name), shape => shape.Field(item => item.Rating)).Rating.Should().Be(Rating.Good);

    [Fact]
    public void Option_that_the_enumeration_does_not_know_is_kept_as_its_number()
    {
        var shape = TypedShape.Of<Everything>(FieldConvention.Dataverse, builder => builder.Field(item => item.OptionalRating));

        var item = shape.Read(new(shape.Layout, Id, [FieldValue.Integer(42)]));

        item.OptionalRating.Should().Be((Rating)42);
        shape.Write(item).Should().Equal(new FieldWrite("optionalrating", FieldValue.Integer(42)));
    }

    [Fact]
    public void Reference_carries_the_table_that_the_attribute_names()
    {
        var owner = Guid.NewGuid();

        ValueOf(new() { OwnerId = owner }, FieldConvention.Dataverse, "owner").Should().Be(FieldValue.Reference(owner, "systemuser"));
    }

    public static TheoryData<FieldValue> NoByte =>
        [FieldValue.Integer(256), FieldValue.Integer(-1), FieldValue.Decimal(1.5m), FieldValue.Text("many"), FieldValue.Boolean(true), FieldValue.Unreadable];

    [Theory]
    [MemberData(nameof(NoByte))]
    public void Value_that_a_member_cannot_hold_is_refused_without_being_told(FieldValue value)
    {
        var read = () => Single("byte", value, shape => shape.Field(item => item.Byte));

        read.Should().Throw<FormatException>()
            .WithMessage("Everything.Byte of type Byte cannot hold the value of field 'byte', which is of the kind *.")
            .And.Message.Should().NotContain("256").And.NotContain("many");
    }

    [Fact]
    public void Number_that_came_as_a_text_is_read() =>
        Single("byte", FieldValue.Text("7"), shape => shape.Field(item => item.Byte)).Byte.Should().Be(7);

    [Fact]
    public void Record_without_a_field_of_the_shape_is_refused()
    {
        var shape = TypedShape.Of<Everything>(FieldConvention.Dataverse, builder => builder.Field(item => item.Text));
        var read = () => shape.Read(new(new("account", ["name"]), Id, [FieldValue.Text("Adatum")]));

        read.Should().Throw<FormatException>().WithMessage("*the record of table 'account' does not contain field 'text'.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e30)]
    public void Floating_point_number_that_no_field_holds_is_refused(double value)
    {
        var shape = TypedShape.Of<Measured>(FieldConvention.Dataverse);
        var write = () => shape.Write(new() { Height = value });

        write.Should().Throw<FormatException>().WithMessage("Measured.Height cannot be written to field 'height': *.");
    }

    [Fact]
    public void Floating_point_numbers_keep_their_significant_digits() =>
        TypedShape.Of<Measured>(FieldConvention.Dataverse).Write(new() { Height = 0.1, Weight = 0.1f })
            .Select(write => write.Value).Should().OnlyContain(value => value == FieldValue.Decimal(0.1m));

    [Fact]
    public void Time_without_a_zone_is_taken_as_utc() =>
        ValueOf(new() { OptionalTime = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Unspecified) }, FieldConvention.Dataverse, "optionaltime")
            .Should().Be(FieldValue.DateTime(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Class_without_setters_is_created_by_its_constructor()
    {
        var shape = TypedShape.Of<Positional>(FieldConvention.BusinessCentral);
        var item = new Positional("C0010", 3, Rating.Poor) { Note = "VIP" };

        shape.Read(RecordOf(shape, item)).Should().Be(item);
        shape.Names.Should().Equal("number", "count", "rating", "note");
    }

    [Fact]
    public void Class_that_cannot_be_created_can_be_written_only()
    {
        var shape = TypedShape.Of<WithService>(FieldConvention.BusinessCentral);
        var read = () => shape.Read(new(shape.Layout, Id, [FieldValue.Text("x")]));

        shape.Write(new WithService(TimeProvider.System)).Should().ContainSingle();
        read.Should().Throw<InvalidOperationException>().WithMessage("Class WithService has neither*");
    }

    [Fact]
    public void Delegates_serve_in_place_of_members()
    {
        var shape = TypedShape.Of<Measured>(FieldConvention.Dataverse, builder => builder
            .Field("height", item => (decimal)item.Height, (item, value) => item.Height = (double)value)
            .Field(item => item.Tags, value => value.AsText().Split(';'), tags => FieldValue.Text(string.Join(';', tags))));
        var item = new Measured { Height = 1.5, Tags = ["a", "b"] };

        shape.Read(RecordOf(shape, item)).Should().BeEquivalentTo(item);
    }

    [Fact]
    public void Expression_that_is_no_access_to_a_member_is_refused()
    {
        var build = (Action<TypedShapeBuilder<Everything>> add) => () => TypedShape.Of(FieldConvention.Dataverse, add);

        build(shape => shape.Field(item => item.Text!.Length)).Should().Throw<ArgumentException>()
            .WithMessage("'item => item.Text.Length' must name a property or field of Everything and nothing else*");
        build(shape => shape.Field(item => item.Text + "!")).Should().Throw<ArgumentException>();
        build(shape => shape.Field(item => 5)).Should().Throw<ArgumentException>();
        build(shape => shape.Field(item => string.Empty.Length)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Type_without_an_equivalent_is_refused_by_name()
    {
        var build = () => TypedShape.Of<Everything>(FieldConvention.Dataverse, shape => shape.Field(item => item.Ignored));

        build.Should().Throw<ArgumentException>().WithMessage("Everything.Ignored is Uri, which has no equivalent*");
    }

    [Fact]
    public void Two_properties_of_one_field_are_refused() =>
        FluentActions.Invoking(() => TypedShape.Of<Twice>(FieldConvention.Dataverse)).Should().Throw<ArgumentException>()
            .WithMessage("Twice.NAME and Twice.Name both name field 'name'.");

    [Fact]
    public void Problems_with_a_table_are_listed()
    {
        var shape = TypedShape.Of<Everything>(FieldConvention.Dataverse, builder => builder
            .Field(item => item.Number).Field(item => item.Text).Field(item => item.Rating).Field(item => item.Date).Field(item => item.OwnerId));
        var schema = new TableSchema
        {
            Name = "everything",
            KeyField = "id",
            Fields =
            [
                new() { Name = "number", Type = FieldType.Decimal },
                new() { Name = "text", Type = FieldType.Choice, Options = [new(FieldValue.Integer(1), "One")] },
                new() { Name = "rating", Type = FieldType.Choice, Options = [new(FieldValue.Text("Good"), "Good")] },
                new() { Name = "owner", Type = FieldType.Reference, ReferencedTables = ["team"] },
            ],
        };

        shape.FindProblems(schema).Should().SatisfyRespectively(
            problem => problem.Should().Be("Everything.Number is Int32, which cannot hold the values of field 'number' of type Decimal"),
            problem => problem.Should().Contain("Everything.Text"),
            problem => problem.Should().Contain("Everything.Rating"),
            problem => problem.Should().Be("Everything.Date names field 'date', which table 'everything' does not have"),
            problem => problem.Should().Contain("Everything.OwnerId is Guid?"));
    }

    private static FieldConvention ConventionOf(string name) => name switch
    {
        "BusinessCentral" => FieldConvention.BusinessCentral,
        "Dataverse" => FieldConvention.Dataverse,
        _ => FieldConvention.AsWritten,
    };

    private static TableRecord RecordOf<T>(TypedShape<T> shape, T item)
        where T : class =>
        new(shape.Layout, Id, [.. shape.Write(item).Select(write => write.Value)]);

    private static FieldValue ValueOf(Everything item, FieldConvention convention, string field) =>
        TypedShape.Of<Everything>(convention).Write(item).Single(write => write.Field == field).Value;

    private static Everything Single(string field, FieldValue value, Action<TypedShapeBuilder<Everything>> build) =>
        TypedShape.Of(FieldConvention.Dataverse, build).Read(new(new("everything", [field]), Id, [value]));

    private sealed record Positional(string Number, int? Count, Rating Rating)
    {
        public string? Note { get; init; }
    }

    private sealed class WithService(TimeProvider time)
    {
        public string Name { get; } = time.LocalTimeZone.Id.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Measured
    {
        public double Height { get; set; }

        public float Weight { get; set; }

        [SyncIgnore]
        public string[] Tags { get; set; } = [];
    }

    private sealed class Twice
    {
        public string? Name { get; set; }

        public string? NAME { get; set; }
    }
}
