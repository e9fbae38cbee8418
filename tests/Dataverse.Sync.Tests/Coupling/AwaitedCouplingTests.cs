namespace Dataverse.Sync.Tests;

public sealed class AwaitedCouplingTests
{
    private static readonly RecordKey Record = new(SyncSide.Local, Guid.Parse("11111111-1111-1111-1111-111111111111"));

    [Fact]
    public void Instances_are_equal_by_record_and_mappings_in_order()
    {
        var awaited = new AwaitedCoupling(["CUSTOMER", "VENDOR"], Record);

        awaited.Should().Be(new AwaitedCoupling(["CUSTOMER", "VENDOR"], Record));
        awaited.GetHashCode().Should().Be(new AwaitedCoupling(["CUSTOMER", "VENDOR"], Record).GetHashCode());
        new AwaitedCoupling("CUSTOMER", Record).Should().Be(new AwaitedCoupling(["CUSTOMER"], Record));
        awaited.Should().NotBe(new AwaitedCoupling(["VENDOR", "CUSTOMER"], Record))
            .And.NotBe(new AwaitedCoupling("CUSTOMER", Record))
            .And.NotBe(new AwaitedCoupling(["CUSTOMER", "VENDOR"], Record with { Side = SyncSide.Integration }))
            .And.NotBe(new AwaitedCoupling(["CUSTOMER", "VENDOR"], Record with { Id = Guid.Empty }));
    }

    [Fact]
    public void Mappings_whose_names_hold_the_old_separator_are_not_mixed_up() =>
        new AwaitedCoupling("SALES|PEOPLE", Record).Should().NotBe(new AwaitedCoupling(["SALES", "PEOPLE"], Record));

    [Fact]
    public void Later_changes_of_the_list_do_not_reach_the_instance()
    {
        var mappings = new List<string> { "CUSTOMER" };
        var awaited = new AwaitedCoupling(mappings, Record);

        mappings.Add("VENDOR");

        awaited.Mappings.Should().Equal("CUSTOMER");
    }

    [Fact]
    public void At_least_one_mapping_is_required()
    {
        var none = () => new AwaitedCoupling([], Record);
        var missing = () => new AwaitedCoupling((IReadOnlyList<string>)null!, Record);
        var nameless = () => new AwaitedCoupling(["CUSTOMER", null!], Record);

        none.Should().Throw<ArgumentException>();
        missing.Should().Throw<ArgumentNullException>();
        nameless.Should().Throw<ArgumentNullException>();
    }
}
